package io.fairlead.thin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A volume whose user writes until its pool is full, on a thread of its own. */
final class GreedyVolume {
    static final String NAME = "greedy";
    private static final int STEP_BYTES = 1 << 20;

    private final ThinPool pool;
    private final Thread writer;
    private volatile boolean full;
    private volatile RuntimeException failure;

    private GreedyVolume(ThinPool pool, Path node, long bytes) {
        this.pool = pool;
        this.writer = new Thread(() -> write(node, bytes), NAME);
        writer.setDaemon(true);
        writer.start();
    }

    /** Makes it, larger than its pool, and lets it write. */
    static GreedyVolume begin(ThinPool pool, long poolBytes) {
        pool.create(NAME, 2 * poolBytes, "");
        return new GreedyVolume(pool, pool.activate(NAME), 2 * poolBytes);
    }

    private void write(Path node, long bytes) {
        ByteBuffer step = ByteBuffer.allocateDirect(STEP_BYTES).put(0, (byte) 1);
        try (FileChannel channel = FileChannel.open(node, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            for (long at = 0; at < bytes; at += STEP_BYTES) {
                channel.write(step.rewind(), at);
            }
            failure = new IllegalStateException("more was written than the pool has");
        } catch (IOException e) {
            full = true; // the error for a writer in a full pool
        }
    }

    /** Whether its last write failed. */
    boolean isFull() {
        if (failure != null) {
            throw failure;
        }
        return full;
    }

    /** Deletes it once it is full, which must work then. */
    void delete() throws InterruptedException {
        writer.join();
        pool.deactivate(NAME);
        pool.delete(NAME);
    }
}
