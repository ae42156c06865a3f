package io.fairlead.storage.logical;

import io.fairlead.linux.device.BlockDiscard;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.directory.FileContent;
import io.fairlead.storage.driver.VolumeContent;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a thin device, which is held active as long as they are open. Where nothing was written they are zeros
 * that take no space, and no read from a disk; a device does not tell where that is, so blocks of zeros count as holes.
 */
final class ThinContent implements VolumeContent {
    private static final int BLOCK_BYTES = PoolDisks.BLOCK_BYTES;
    /** How far to look for the next hole; a caller that wants to look further asks again. */
    private static final long LOOK_BYTES = 1 << 20;
    /** How much of the pool an erasure takes for a moment, where blocks are shared with a copy. */
    private static final long ERASE_BYTES = 16 << 20;

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(BLOCK_BYTES).asReadOnlyBuffer();

    private final Fd fd;
    private final FileContent device;
    private final Runnable release;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

    /** Takes the descriptor over. */
    ThinContent(Fd fd, boolean forWriting, Runnable release) throws IOException {
        this.fd = fd;
        this.device = new FileContent(fd, forWriting);
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
        if (at < 0 || lengthBytes < 0 || lengthBytes > sizeBytes() - at) {
            throw new ErrnoException(Errno.ENOSPC, "write", fd.name());
        }
        long end = at + lengthBytes;
        long firstBlock = (at + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        long lastBlock = end / BLOCK_BYTES * BLOCK_BYTES;
        if (firstBlock >= lastBlock) {
            overwrite(at, end);
            return;
        }
        overwrite(at, firstBlock);
        BlockDiscard.discard(fd, firstBlock, lastBlock - firstBlock);
        overwrite(lastBlock, end);
    }

    /**
     * Really overwrites the written bytes, so that they do not stay in the pool's blocks; then gives the blocks back.
     */
    void erase() throws IOException {
        for (long at = 0; at < sizeBytes(); at += ERASE_BYTES) {
            long end = Math.min(at + ERASE_BYTES, sizeBytes());
            overwrite(at, end);
            sync();
            zero(at, end - at);
        }
    }

    /** Writes zeros only where there are other bytes: zeros take space, too. */
    private void overwrite(long from, long to) throws IOException {
        for (long at = from; at < to; at = endOfBlock(at, to)) {
            long end = endOfBlock(at, to);
            if (!isZero(at, end)) {
                write(at, zeros((int) (end - at)));
            }
        }
    }

    private static long endOfBlock(long at, long limit) {
        return Math.min(limit, (at / BLOCK_BYTES + 1) * BLOCK_BYTES);
    }

    private static ByteBuffer zeros(int length) {
        return ZEROS.duplicate().limit(length);
    }

    /** Within one block. */
    private boolean isZero(long at, long end) throws IOException {
        block.clear().limit((int) (end - at));
        read(at, block);
        return block.flip().mismatch(zeros(block.limit())) < 0;
    }

    @Override
    public long nextData(long at) throws IOException {
        long from = at;
        while (from < sizeBytes() && isZero(from, endOfBlock(from, sizeBytes()))) {
            from = endOfBlock(from, sizeBytes());
        }
        return Math.min(from, sizeBytes());
    }

    @Override
    public long nextHole(long at) throws IOException {
        long end = Math.min(at + LOOK_BYTES, sizeBytes());
        long from = at;
        while (from < end && !isZero(from, endOfBlock(from, sizeBytes()))) {
            from = endOfBlock(from, sizeBytes());
        }
        return Math.min(from, sizeBytes());
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
