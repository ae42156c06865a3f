package io.fairlead.linux.device;

import io.fairlead.linux.sys.Fd;
import java.nio.file.Path;

/**
 * A file attached as a block device. It detaches by itself when its last user is gone: close this object once its user
 * has mounted or opened it.
 */
public final class LoopDevice implements AutoCloseable {
    private final int index;
    private final Fd fd;

    LoopDevice(int index, Fd fd) {
        this.index = index;
        this.fd = fd;
    }

    /** Its node, such as {@code /dev/loop3}. */
    public Path node() {
        return LoopDevices.node(index);
    }

    public int index() {
        return index;
    }

    /** Lets go. */
    @Override
    public void close() {
        fd.close();
    }
}
