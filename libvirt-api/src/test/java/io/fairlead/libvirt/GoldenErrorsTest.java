package io.fairlead.libvirt;

import static io.fairlead.rpc.protocol.DomainDefinitionCalls.CONNECT_DOMAIN_XML_FROM_NATIVE;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_DEFINE_XML;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_METADATA;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_GET_XML_DESC;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_LIFECYCLE_ACTION;
import static io.fairlead.rpc.protocol.DomainDefinitionCalls.DOMAIN_SET_METADATA;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_INTERFACE_ADDRESSES;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_OPEN_CONSOLE;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_SEND_PROCESS_SIGNAL;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_CREATE;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_DESTROY;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_REBOOT;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_RESUME;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN_FLAGS;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SUSPEND;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_HOSTNAME;
import static io.fairlead.rpc.protocol.DomainStateCalls.DOMAIN_GET_INFO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.ConnectDomainXmlFromNativeArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainDefineXmlArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetMetadataArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainGetXmlDescArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetLifecycleActionArgs;
import io.fairlead.rpc.protocol.DomainDefinitionCalls.DomainSetMetadataArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainInterfaceAddressesArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainOpenConsoleArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainSendProcessSignalArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainRebootArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainShutdownFlagsArgs;
import io.fairlead.rpc.protocol.DomainListCalls;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByIdArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByNameArgs;
import io.fairlead.rpc.protocol.DomainListCalls.DomainLookupByUuidArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStateCalls.DomainGetHostnameArgs;
import io.fairlead.rpc.protocol.HostCalls;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetDomainCapabilitiesArgs;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetSysinfoArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCellsFreeMemoryArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetFreePagesArgs;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.wire.RpcError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every field of the errors that clients branch on with the answers of libvirtd 9.0. */
class GoldenErrorsTest {
    /** One failing call. */
    private record Case<A>(Signature<A, ?> signature, A args) {
        RpcError error(TestClient client) {
            return client.error(signature, args);
        }
    }

    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final DomainRef G1 = new DomainRef("g1", ID, -1);
    private static final DomainRef GONE = new DomainRef("g0", new UUID(0, 5), -1);
    private static final Map<String, Case<?>> CASES = new HashMap<>();

    private static EngineFixture fixture;
    private static TestClient client;
    private static TestClient reader;

    @BeforeAll
    static void start() {
        fixture = new EngineFixture();
        client = fixture.client();
        reader = fixture.readOnlyClient();
        client.call(DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(xml("g1", ID.toString())));
        addDomainCases();
        addMetadataCases();
        addOtherCases();
    }

    @AfterAll
    static void stop() {
        reader.close();
        client.close();
        fixture.close();
    }

    private static String xml(String name, String uuid) {
        return EngineFixture.xml(name)
                .replace("</name>", "</name>" + (uuid == null ? "" : "<uuid>" + uuid + "</uuid>"));
    }

    private static <A> void add(String name, Signature<A, ?> signature, A args) {
        CASES.put(name, new Case<>(signature, args));
    }

    private static void addDomainCases() {
        add("lookupname", DomainListCalls.DOMAIN_LOOKUP_BY_NAME, new DomainLookupByNameArgs("x"));
        add("lookupid", DomainListCalls.DOMAIN_LOOKUP_BY_ID, new DomainLookupByIdArgs(99999));
        add(
                "lookupuuid",
                DomainListCalls.DOMAIN_LOOKUP_BY_UUID,
                new DomainLookupByUuidArgs(UUID.fromString("11111111-2222-3333-4444-555555555559")));
        add("define-dup", DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(xml("g1", null)));
        add("define-dup2", DOMAIN_DEFINE_XML, new DomainDefineXmlArgs(xml("g2", ID.toString())));
        add("shutdown-off", DOMAIN_SHUTDOWN, G1);
        add("shutdown-3", DOMAIN_SHUTDOWN_FLAGS, new DomainShutdownFlagsArgs(G1, 12));
        add("destroy-off", DOMAIN_DESTROY, G1);
        add("suspend-off", DOMAIN_SUSPEND, G1);
        add("resume-off", DOMAIN_RESUME, G1);
        add("reboot-off", DOMAIN_REBOOT, new DomainRebootArgs(G1, 0));
        add("hostname", DOMAIN_GET_HOSTNAME, new DomainGetHostnameArgs(G1, 0));
        add("ifaddr", DOMAIN_INTERFACE_ADDRESSES, new DomainInterfaceAddressesArgs(G1, 0, 0));
        add("signal", DOMAIN_SEND_PROCESS_SIGNAL, new DomainSendProcessSignalArgs(G1, 1, 9, 0));
        add("signal99", DOMAIN_SEND_PROCESS_SIGNAL, new DomainSendProcessSignalArgs(G1, 1, 99, 0));
        add("signal-2", DOMAIN_SEND_PROCESS_SIGNAL, new DomainSendProcessSignalArgs(G1, 2, 9, 0));
        add("signal0", DOMAIN_SEND_PROCESS_SIGNAL, new DomainSendProcessSignalArgs(G1, 0, 9, 0));
        add("console", DOMAIN_OPEN_CONSOLE, new DomainOpenConsoleArgs(G1, null, 0));
        add("gone", DOMAIN_GET_INFO, GONE);
    }

    private static void addMetadataCases() {
        add("meta0", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 0, null, 0));
        add("meta1", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 1, null, 0));
        add("meta2", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 2, "http://x", 0));
        add("meta2n", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 2, null, 0));
        add("meta3", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 3, null, 0));
        add("meta-live-off", DOMAIN_GET_METADATA, new DomainGetMetadataArgs(G1, 0, null, 1));
        add("settitle-nl", DOMAIN_SET_METADATA, new DomainSetMetadataArgs(G1, 1, "a\nb", null, null, 0));
        add("setmeta2nokey", DOMAIN_SET_METADATA, new DomainSetMetadataArgs(G1, 2, "<a/>", null, "http://x", 0));
    }

    private static void addOtherCases() {
        add("sysinfo", HostCalls.CONNECT_GET_SYSINFO, new ConnectGetSysinfoArgs(0));
        add("cellsfree5", HostCalls.NODE_GET_CELLS_FREE_MEMORY, new NodeGetCellsFreeMemoryArgs(5, 1));
        add("freepages8", HostCalls.NODE_GET_FREE_PAGES, new NodeGetFreePagesArgs(new int[] {8}, 0, 1, 0));
        add("native", CONNECT_DOMAIN_XML_FROM_NATIVE, new ConnectDomainXmlFromNativeArgs("foo", "x", 0));
        add("ro-create", DOMAIN_CREATE, G1);
        add("ro-xml", DOMAIN_GET_XML_DESC, new DomainGetXmlDescArgs(G1, 1));
        add("ro-xml8", DOMAIN_GET_XML_DESC, new DomainGetXmlDescArgs(G1, 8));
        add("ro-console", DOMAIN_OPEN_CONSOLE, new DomainOpenConsoleArgs(G1, null, 0));
        add("ro-hostname", DOMAIN_GET_HOSTNAME, new DomainGetHostnameArgs(G1, 0));
        add("ro-lifecycle", DOMAIN_SET_LIFECYCLE_ACTION, new DomainSetLifecycleActionArgs(G1, 0, 0, 0));
        add("ro-define", DOMAIN_DEFINE_XML, new DomainDefineXmlArgs("<domain/>"));
        add("ro-native", CONNECT_DOMAIN_XML_FROM_NATIVE, new ConnectDomainXmlFromNativeArgs("lxc-tools", "x", 0));
        add(
                "ro-domcaps",
                HostCalls.CONNECT_GET_DOMAIN_CAPABILITIES,
                new ConnectGetDomainCapabilitiesArgs(null, null, null, null, 0));
    }

    static Stream<String> golden() throws IOException {
        try (var in = GoldenErrorsTest.class.getResourceAsStream("/golden/errors.tsv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toList()).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void error_isFieldByFieldWhatLibvirtdAnswers(String line) {
        String name = line.substring(0, line.indexOf('\t'));
        RpcError error = CASES.get(name).error(name.startsWith("ro-") ? reader : client);
        String[] actual = {
            name,
            "" + error.code(),
            "" + error.domain(),
            error.message(),
            error.str1(),
            error.str2(),
            "" + error.int1(),
            "" + error.int2()
        };
        assertEquals(expected(line), String.join("\t", actual));
    }

    /** The domain that no longer exists had another name and uuid when the line was recorded. */
    private static String expected(String line) {
        return line.startsWith("gone\t")
                ? line.replace(ID.toString(), GONE.uuid().toString()).replace("(g1)", "(g0)")
                : line;
    }
}
