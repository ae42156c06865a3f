package io.fairlead.daemon.rehearsal;

import io.fairlead.rpc.protocol.DomainDefinitionCalls;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainDefineXmlArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetXmlDescArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainCreateXmlArgs;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListAllDomainsArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByNameArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls;
import io.fairlead.rpc.protocol.StoragePoolCalls;
import io.fairlead.rpc.protocol.StoragePoolCalls.ConnectListAllStoragePoolsArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolBuildArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolCreateArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolDefineXmlArgs;
import io.fairlead.rpc.protocol.StoragePoolCalls.StoragePoolListAllVolumesArgs;
import io.fairlead.rpc.protocol.StoragePoolRef;
import io.fairlead.rpc.protocol.StorageVolRef;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolCreateXmlArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolDeleteArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls.StorageVolGetXmlDescArgs;
import java.io.IOException;

/** The usual calls of clients. */
final class Script {
    private static final String DOMAIN =
            """
            <domain type='lxc'>
              <name>%s</name>
              <memory unit='KiB'>65536</memory>
              <os><type>exe</type><init>/sbin/init</init><initarg>3</initarg></os>
              <devices>
                <filesystem type='mount'><source dir='/usr'/><target dir='/'/></filesystem>
                <console type='pty'/>
              </devices>
            </domain>
            """;
    private static final String POOL = "<pool type='dir'><name>rehearsal</name><target><path>%s</path></target></pool>";
    private static final String VOLUME =
            "<volume><name>rehearsal</name><capacity>4096</capacity><target><format type='raw'/></target></volume>";

    private Script() {}

    /** Uses a connection for each kind of call, as most clients do. Removes afterwards all that it made. */
    static void play(Stage stage, int round) throws IOException {
        try (RehearsalClient client = RehearsalClient.open(stage.socket())) {
            definitions(client, "defined" + round);
        }
        try (RehearsalClient client = RehearsalClient.open(stage.socket())) {
            guests(client, "started" + round);
        }
    }

    /** Calls about pools write to the disk and are rare: once is enough to load their classes. */
    static void playWithPools(Stage stage) throws IOException {
        try (RehearsalClient client = RehearsalClient.open(stage.socket())) {
            pools(client, POOL.formatted(stage.pool()));
        }
    }

    private static void definitions(RehearsalClient client, String name) throws IOException {
        DomainRef domain =
                client.call(DomainDefinitionCalls.DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(DOMAIN.formatted(name)));
        client.call(DomainListCalls.CONNECT_LIST_ALL_DOMAINS, new ConnectListAllDomainsArgs(1, 0));
        look(client, domain);
        client.call(DomainDefinitionCalls.DOMAIN_UNDEFINE, domain);
    }

    private static void guests(RehearsalClient client, String name) throws IOException {
        DomainRef domain =
                client.call(DomainLifecycleCalls.DOMAIN_CREATE_XML, new DomainCreateXmlArgs(DOMAIN.formatted(name), 0));
        look(client, domain);
        client.call(DomainLifecycleCalls.DOMAIN_DESTROY, domain);
    }

    private static void look(RehearsalClient client, DomainRef domain) throws IOException {
        client.call(DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainLookupByNameArgs(domain.name()));
        client.call(DomainDefinitionCalls.DOMAIN_GET_XML_DESC, new DomainGetXmlDescArgs(domain, 0));
        client.call(DomainStateCalls.DOMAIN_GET_INFO, domain);
        client.call(DomainStateCalls.DOMAIN_GET_STATE, new DomainStateCalls.DomainGetStateArgs(domain, 0));
    }

    private static void pools(RehearsalClient client, String xml) throws IOException {
        StoragePoolRef pool =
                client.call(StoragePoolCalls.STORAGE_POOL_DEFINE_XML, new StoragePoolDefineXmlArgs(xml, 0));
        client.call(StoragePoolCalls.STORAGE_POOL_BUILD, new StoragePoolBuildArgs(pool, 0));
        client.call(StoragePoolCalls.STORAGE_POOL_CREATE, new StoragePoolCreateArgs(pool, 0));
        client.call(StoragePoolCalls.CONNECT_LIST_ALL_STORAGE_POOLS, new ConnectListAllStoragePoolsArgs(1, 0));
        client.call(StoragePoolCalls.STORAGE_POOL_GET_INFO, pool);
        StorageVolRef volume =
                client.call(StorageVolumeCalls.STORAGE_VOL_CREATE_XML, new StorageVolCreateXmlArgs(pool, VOLUME, 0));
        client.call(StoragePoolCalls.STORAGE_POOL_LIST_ALL_VOLUMES, new StoragePoolListAllVolumesArgs(pool, 1, 0));
        client.call(StorageVolumeCalls.STORAGE_VOL_GET_XML_DESC, new StorageVolGetXmlDescArgs(volume, 0));
        client.call(StorageVolumeCalls.STORAGE_VOL_DELETE, new StorageVolDeleteArgs(volume, 0));
        client.call(StoragePoolCalls.STORAGE_POOL_DESTROY, pool);
        client.call(StoragePoolCalls.STORAGE_POOL_UNDEFINE, pool);
    }
}
