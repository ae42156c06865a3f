package io.fairlead.storage.logical;

import io.fairlead.storage.driver.VolumeContent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a thin device, which is held active as long as they are open. A block device tells of no holes. */
final class ThinContent implements VolumeContent {
    private final VolumeContent device;
    private final Runnable release;

    ThinContent(VolumeContent device, Runnable release) {
        this.device = device;
        this.release = release;
    }

    @Override
    public long sizeBytes() {
        return device.sizeBytes();
    }

    @Override
    public int read(long at, ByteBuffer into) throws IOException {
        return device.read(at, into);
    }

    @Override
    public void write(long at, ByteBuffer from) throws IOException {
        device.write(at, from);
    }

    @Override
    public void zero(long at, long lengthBytes) throws IOException {
        device.zero(at, lengthBytes);
    }

    @Override
    public long nextData(long at) {
        return Math.min(at, sizeBytes());
    }

    @Override
    public long nextHole(long at) {
        return sizeBytes();
    }

    @Override
    public void sync() throws IOException {
        device.sync();
    }

    @Override
    public void close() {
        try {
            device.close();
        } finally {
            release.run();
        }
    }
}
