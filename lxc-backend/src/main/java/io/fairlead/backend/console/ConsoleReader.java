package io.fairlead.backend.console;

import io.fairlead.core.backend.ConsoleSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** One session: a bounded queue of the guest's output, and the way to type into the console. */
final class ConsoleReader implements ConsoleSession {
    /** With this many bytes in the queue, the guest waits. One more piece read from the log may come on top. */
    static final int QUEUE_BYTES = 256 * 1024;

    // Few enough bytes for one packet and one write to a terminal.
    private static final int TYPED_BYTES = 4096;

    private final Console console;
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private int queuedBytes;
    private long fullSinceNanos;
    private boolean finished;

    ConsoleReader(Console console, byte[] past) {
        this.console = console;
        if (past.length > 0) {
            add(past);
        }
    }

    @Override
    public byte[] read() throws InterruptedException {
        byte[] next;
        synchronized (this) {
            while (queue.isEmpty() && !finished) {
                wait();
            }
            next = queue.poll();
            if (next == null) {
                return null;
            }
            queuedBytes -= next.length;
        }
        console.taken();
        return next;
    }

    @Override
    public void write(byte[] data) {
        for (int at = 0; at < data.length; at += TYPED_BYTES) {
            console.type(Arrays.copyOfRange(data, at, Math.min(data.length, at + TYPED_BYTES)));
        }
    }

    @Override
    public void close() {
        displace();
        console.leave(this);
    }

    synchronized void add(byte[] bytes) {
        if (finished) {
            return;
        }
        boolean hadRoom = queuedBytes < QUEUE_BYTES;
        queue.add(bytes);
        queuedBytes += bytes.length;
        if (hadRoom && queuedBytes >= QUEUE_BYTES) {
            fullSinceNanos = System.nanoTime();
        }
        notifyAll();
    }

    synchronized boolean full() {
        return queuedBytes >= QUEUE_BYTES;
    }

    synchronized boolean fullFor(Duration limit) {
        return full() && System.nanoTime() - fullSinceNanos >= limit.toNanos();
    }

    /** Ends once the queued output is read. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Ends at once. */
    synchronized void displace() {
        queue.clear();
        queuedBytes = 0;
        finish();
    }
}
