package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** A stream for a thread that may block: sending waits for room, receiving waits for data. */
public final class BlockingStream {
    /** Where received data goes. */
    public interface Sink {
        void data(ByteBuffer data) throws IOException;

        void hole(long length) throws IOException;
    }

    private static final int FROM_STREAMS = 38;

    private sealed interface Item {
        /** Retained: copying a client's bytes would cost as much as writing them. */
        record Data(ByteBuf bytes) implements Item {}

        record Hole(long length) implements Item {}
    }

    private final Object lock = new Object();
    private final Queue<Item> received = new ArrayDeque<>();
    private RpcStream stream;
    private boolean writable;
    private boolean finished;
    private boolean done;
    private boolean receiving;
    private boolean deaf; // the receiver is gone
    private StreamListener.Abort aborted;
    private String givenUp;
    private long lastNanos = System.nanoTime(); // when the client was heard of, or waited for, the last time

    BlockingStream() {}

    /** How long nothing has come from the client, in nanoseconds; 0 while something is worked on. */
    public long silentNanos() {
        synchronized (lock) {
            return receiving && received.isEmpty() && !finished ? System.nanoTime() - lastNanos : 0;
        }
    }

    /** Fails the task that waits for the client, now or later. Any thread may call this. */
    public void giveUp(String reason) {
        synchronized (lock) {
            givenUp = reason;
            lock.notifyAll();
        }
    }

    /** Sends all of the data. Fails when the client has aborted the stream or gone. */
    public void send(ByteBuffer data) throws IOException, InterruptedException {
        while (data.hasRemaining()) {
            ByteBuffer chunk = data.slice().limit(Math.min(RpcStream.CHUNK_MAX, data.remaining()));
            data.position(data.position() + chunk.remaining());
            waitUntil(() -> stream.offer(chunk));
        }
    }

    /** Sends so many zero bytes as a hole; only on a sparse stream. */
    public void sendHole(long length) throws IOException, InterruptedException {
        waitUntil(() -> stream.offerHole(length));
    }

    private void waitUntil(BooleanSupplier taken) throws IOException, InterruptedException {
        synchronized (lock) {
            while (true) {
                requireAlive();
                writable = false;
                if (taken.getAsBoolean()) {
                    return;
                }
                while (!writable && aborted == null && givenUp == null) {
                    lock.wait();
                }
            }
        }
    }

    /** Waits for the next piece and gives it to the sink; false when the client has sent everything. */
    public boolean receive(Sink sink) throws IOException, InterruptedException {
        Item item = next();
        if (item instanceof Item.Data data) {
            int bytes = data.bytes().readableBytes();
            try {
                sink.data(data.bytes().nioBuffer().asReadOnlyBuffer());
            } finally {
                data.bytes().release();
            }
            stream.consumed(bytes);
        } else if (item instanceof Item.Hole hole) {
            sink.hole(hole.length());
            stream.consumed(0);
        }
        return item != null;
    }

    private Item next() throws IOException, InterruptedException {
        synchronized (lock) {
            receiving = true;
            lastNanos = System.nanoTime();
            try {
                while (received.isEmpty() && !finished && aborted == null && givenUp == null) {
                    lock.wait();
                }
            } finally {
                receiving = false;
            }
            requireAlive();
            return received.poll();
        }
    }

    private void requireAlive() throws IOException {
        if (aborted != null) {
            throw new IOException("the stream is closed: %s".formatted(aborted));
        }
        if (givenUp != null) {
            throw new RpcException(RpcError.OPERATION_FAILED, FROM_STREAMS, "the stream was given up: " + givenUp);
        }
    }

    void run(StreamTask task) {
        try {
            task.run(this);
            succeed();
        } catch (Throwable e) { // anything the task throws becomes the client's answer
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            stream.fail(e);
        } finally {
            synchronized (lock) {
                deaf = true;
                dropReceived();
            }
        }
    }

    /** The caller has the lock. */
    private void dropReceived() {
        for (Item item : received) {
            if (item instanceof Item.Data data) {
                data.bytes().release();
            }
        }
        received.clear();
    }

    private void succeed() {
        synchronized (lock) {
            done = true;
            if (finished) {
                stream.complete();
            } else {
                stream.end(); // the client finishes when it has read this
            }
        }
    }

    /** The listener that feeds this; the task starts with the first call of {@code writable}. */
    StreamListener listener(Executor executor, StreamTask task) {
        return new Feed(executor, task);
    }

    private final class Feed implements StreamListener {
        private final Executor executor;
        private final StreamTask task;
        private boolean started;

        Feed(Executor executor, StreamTask task) {
            this.executor = executor;
            this.task = task;
        }

        @Override
        public void writable(RpcStream source) {
            if (!started) {
                started = true;
                start(source);
            }
            synchronized (lock) {
                writable = true;
                lock.notifyAll();
            }
        }

        private void start(RpcStream source) {
            stream = source;
            try {
                executor.execute(() -> run(task));
            } catch (RejectedExecutionException e) {
                source.fail(
                        new RpcException(RpcError.RPC, RpcError.FROM_RPC, "too many streams are open on this server"));
            }
        }

        @Override
        public void data(RpcStream source, ByteBuf data) {
            synchronized (lock) {
                if (!deaf) {
                    received.add(new Item.Data(data.retain()));
                    lock.notifyAll();
                    return;
                }
            }
            source.consumed(data.readableBytes());
        }

        @Override
        public void hole(RpcStream source, long length) {
            synchronized (lock) {
                if (!deaf) {
                    received.add(new Item.Hole(length));
                    lock.notifyAll();
                    return;
                }
            }
            source.consumed(0);
        }

        @Override
        public void finished(RpcStream source) {
            synchronized (lock) {
                finished = true;
                lock.notifyAll();
                if (!done) {
                    return;
                }
            }
            source.complete();
        }

        @Override
        public void aborted(RpcStream source, Abort reason) {
            synchronized (lock) {
                aborted = reason;
                dropReceived();
                lock.notifyAll();
            }
        }
    }
}
