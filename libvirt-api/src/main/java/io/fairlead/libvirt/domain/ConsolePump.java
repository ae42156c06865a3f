package io.fairlead.libvirt.domain;

import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.rpc.server.RpcStream;
import io.fairlead.rpc.server.StreamListener;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Carries bytes between a guest's console and a client's stream, in both directions, each at the pace of its slower
 * end.
 *
 * <p>Threads: one reads the console and offers to the stream, waiting while the client takes nothing; one writes the
 * client's input to the console, and then lets the client send more. The stream's own calls arrive on an event loop and
 * only leave notes for these threads.
 */
final class ConsolePump implements StreamListener {
    /** Tells the writer to stop; compared by identity. */
    private static final byte[] END = new byte[0];

    private final ConsoleSession console;
    private final Runnable onClosed;
    private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
    private boolean writable;
    private boolean closed;
    private int running = 2;

    /** @param onClosed run once when both threads have ended */
    ConsolePump(ConsoleSession console, Runnable onClosed) {
        this.console = console;
        this.onClosed = onClosed;
    }

    void start(RpcStream stream) {
        thread("console-out", () -> output(stream)).start();
        thread("console-in", () -> input(stream)).start();
    }

    private Thread thread(String name, Runnable work) {
        return DaemonThreads.named(name, () -> {
            try {
                work.run();
            } finally {
                ended();
            }
        });
    }

    private synchronized void ended() {
        running--;
        if (running == 0) {
            onClosed.run();
        }
    }

    private void output(RpcStream stream) {
        try {
            byte[] data = console.read();
            while (data != null && send(stream, data)) {
                data = console.read();
            }
            if (!isClosed()) {
                stream.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.fail(e);
        } catch (Throwable e) { // any failure is reported to the client
            stream.fail(e);
        }
    }

    /** Returns false once the stream has ended. */
    private boolean send(RpcStream stream, byte[] data) throws InterruptedException {
        int sent = 0;
        while (sent < data.length) {
            int length = Math.min(data.length - sent, RpcStream.CHUNK_MAX);
            if (!awaitWritable()) {
                return false;
            }
            if (stream.offer(ByteBuffer.wrap(data, sent, length))) {
                sent += length;
                markWritable();
            }
        }
        return true;
    }

    /** Takes the permission to offer once; {@link #writable} or {@link #markWritable} gives the next. */
    private synchronized boolean awaitWritable() throws InterruptedException {
        while (!writable && !closed) {
            wait();
        }
        writable = false;
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void markWritable() {
        writable = true;
        notifyAll();
    }

    private void input(RpcStream stream) {
        try {
            byte[] data = typed.take();
            while (data != END) {
                type(data);
                stream.consumed(data.length);
                data = typed.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.fail(e);
        } catch (Throwable e) {
            stream.fail(e);
        }
    }

    /** Input for a guest that has just ended is lost; the client learns of the end from the other direction. */
    private void type(byte[] data) {
        try {
            console.write(data);
        } catch (EngineException e) {
            if (e.code() != ErrorCode.OPERATION_INVALID) {
                throw e;
            }
        }
    }

    @Override
    public void writable(RpcStream stream) {
        markWritable();
    }

    @Override
    public void data(RpcStream stream, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()]; // the buffer is reused after this call
        data.get(copy);
        if (copy.length > 0) {
            typed.add(copy);
        }
    }

    @Override
    public void finished(RpcStream stream) {
        close();
        stream.complete();
    }

    @Override
    public void aborted(RpcStream stream, Abort reason) {
        close();
    }

    /** Ends both threads: closing the console wakes the reading thread and makes the writing thread fail. */
    private void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        typed.add(END);
        console.close();
    }
}
