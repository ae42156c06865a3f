package io.fairlead.libvirt.domain;

import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.rpc.server.RpcStream;
import io.fairlead.rpc.server.StreamListener;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries bytes between a guest's console and a client's stream, in both directions, each at the pace of its slower
 * end.
 *
 * <p>Threads: none while there is nothing to carry. The stream's calls arrive on an event loop, those of the console on
 * a thread of the back end; they only wake one of two tasks. One task reads the console and offers to the stream; the
 * other writes the client's input to the console, waiting while the guest does not read, and then lets the client send
 * more.
 */
final class ConsolePump implements StreamListener {
    private static final int DIRECTIONS = 2;

    private final ConsoleSession console;
    private final SerialTask output;
    private final SerialTask input;
    private final Queue<byte[]> typed = new ConcurrentLinkedQueue<>();
    private final Runnable onClosed;
    private volatile RpcStream stream;
    private volatile boolean writable;
    private volatile boolean closed;
    private ByteBuffer unsent; // of the output task, like ended
    private boolean ended;

    /** @param onClosed run once when the stream is closed and neither direction uses a thread any more */
    ConsolePump(ConsoleSession console, Executor executor, Runnable onClosed) {
        this.console = console;
        this.output = new SerialTask(executor, this::output);
        this.input = new SerialTask(executor, this::input);
        this.onClosed = onClosed;
    }

    void start(RpcStream opened) {
        stream = opened;
        console.output().onReady(output::wake);
    }

    private void output() {
        if (stream == null) {
            return; // not started; the start wakes this again
        }
        try {
            while (writable && !closed && next()) {
                writable = false; // before the offer: if it is refused, the stream may say at once that it takes more
                if (!stream.offer(unsent)) {
                    return;
                }
                unsent = null;
                writable = true;
            }
        } catch (Throwable e) { // any failure is reported to the client
            stream.fail(e);
        }
    }

    /** Whether there is something to send. */
    private boolean next() {
        if (unsent == null) {
            Chunk chunk = console.output().poll();
            unsent = chunk == null ? null : ByteBuffer.wrap(chunk.bytes());
        }
        if (unsent == null && !ended) {
            console.output().end().ifPresent(this::end);
        }
        return unsent != null;
    }

    private void end(OutputReader.End why) {
        ended = true;
        switch (why) {
            case COMPLETE, DISPLACED, CLOSED -> stream.end();
            case FELL_BEHIND -> stream.fail(
                    failure("the client reads too slowly: output that it has not read is no longer kept"));
            case FAILED -> stream.fail(failure("the output of the console cannot be read"));
        }
    }

    private static EngineException failure(String message) {
        return new EngineException(ErrorCode.OPERATION_FAILED, message);
    }

    private void input() {
        try {
            for (byte[] data = typed.poll(); data != null && !closed; data = typed.poll()) {
                type(data);
                stream.consumed(data.length);
            }
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
    public void writable(RpcStream ready) {
        writable = true;
        output.wake();
    }

    @Override
    public void data(RpcStream from, ByteBuffer data) {
        byte[] copy = new byte[data.remaining()]; // the buffer is reused after this call
        data.get(copy);
        if (copy.length > 0) {
            typed.add(copy);
            input.wake();
        }
    }

    @Override
    public void finished(RpcStream from) {
        close();
        from.complete();
    }

    @Override
    public void aborted(RpcStream from, Abort reason) {
        close();
    }

    /** Closing the console makes an input task that waits in it fail. */
    private void close() {
        closed = true;
        console.close();
        AtomicInteger running = new AtomicInteger(DIRECTIONS);
        Runnable over = () -> {
            if (running.decrementAndGet() == 0) {
                onClosed.run();
            }
        };
        output.finish(over);
        input.finish(over);
    }
}
