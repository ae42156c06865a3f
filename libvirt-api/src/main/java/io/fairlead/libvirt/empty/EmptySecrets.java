package io.fairlead.libvirt.empty;

import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_LIST_ALL_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_LIST_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.CONNECT_NUM_OF_SECRETS;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_GET_XML_DESC;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_LOOKUP_BY_USAGE;
import static io.fairlead.rpc.protocol.SecretCalls.SECRET_LOOKUP_BY_UUID;

import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.SecretCalls.ConnectListAllSecretsRet;
import io.fairlead.rpc.protocol.SecretCalls.ConnectListSecretsRet;
import io.fairlead.rpc.protocol.SecretCalls.ConnectNumOfSecretsRet;
import java.util.List;

/** Answers about secrets while there are none. */
final class EmptySecrets {
    /** Flags: ephemeral or not, private or not. */
    private static final int LIST_ALL = 0xf;

    private EmptySecrets() {}

    static void addTo(Table table) {
        table.inline(CONNECT_NUM_OF_SECRETS, (call, none) -> new ConnectNumOfSecretsRet(0));
        table.inline(CONNECT_LIST_SECRETS, (call, args) -> {
            Lists.room("maxuuids", args.maxuuids(), Limits.SECRET_LIST);
            return new ConnectListSecretsRet(List.of());
        });
        table.inline(CONNECT_LIST_ALL_SECRETS, (call, args) -> {
            Flags.check("virConnectListAllSecrets", args.flags(), LIST_ALL);
            return new ConnectListAllSecretsRet(List.of(), 0);
        });
        table.inline(SECRET_LOOKUP_BY_UUID, (call, args) -> {
            throw NoSuch.secret(args.uuid());
        });
        table.inline(SECRET_LOOKUP_BY_USAGE, (call, args) -> {
            throw NoSuch.secretForUsage(args.usageId());
        });
        table.inline(SECRET_GET_XML_DESC, (call, args) -> {
            throw NoSuch.secret(args.secret().uuid());
        });
    }
}
