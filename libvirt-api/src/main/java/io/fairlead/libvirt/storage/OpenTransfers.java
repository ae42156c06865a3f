package io.fairlead.libvirt.storage;

import io.fairlead.rpc.server.Connection;
import io.fairlead.storage.pool.VolumeTransfers.Transfer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The transfers of one connection, so that none outlives it: only this ends a stream that never began. */
final class OpenTransfers {
    private static final Object KEY = OpenTransfers.class;

    private final Set<Transfer> open = ConcurrentHashMap.newKeySet();

    static OpenTransfers of(Connection connection) {
        return (OpenTransfers) connection.attributes().computeIfAbsent(KEY, key -> {
            OpenTransfers transfers = new OpenTransfers();
            connection.onClose(transfers::closeAll);
            return transfers;
        });
    }

    void add(Transfer transfer) {
        open.add(transfer);
    }

    /** Does nothing if the transfer is closed already. */
    void close(Transfer transfer) {
        if (open.remove(transfer)) {
            transfer.close();
        }
    }

    private void closeAll() {
        open.forEach(this::close);
    }
}
