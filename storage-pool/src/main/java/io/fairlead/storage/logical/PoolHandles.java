package io.fairlead.storage.logical;

import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.thin.ThinPoolWatcher;
import java.io.IOException;

/** Everything that a daemon holds open beside the pool itself. */
record PoolHandles(ThinPoolWatcher watcher, PoolDisks disks, KernelDeviceMapper deviceMapper) implements AutoCloseable {
    /** The pool is down: its devices go, too. */
    void takeDown() throws IOException {
        watcher.close();
        disks.takeDown();
        deviceMapper.close();
    }

    /** The pool stays. */
    @Override
    public void close() {
        watcher.close();
        disks.close();
        deviceMapper.close();
    }
}
