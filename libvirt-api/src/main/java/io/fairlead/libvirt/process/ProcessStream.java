package io.fairlead.libvirt.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPiece.Kind;
import io.fairlead.rpc.protocol.StreamPieceReader;
import io.fairlead.rpc.server.Call;
import io.fairlead.rpc.server.RpcStream;
import io.fairlead.rpc.server.StreamListener;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries the streams of one process to and from a client as {@link StreamPiece}s, each direction at the pace of its
 * slower end; at the end the process's exit.
 *
 * <p>Threads: no direction has a thread of its own. Whoever may have changed something (more output, room in the
 * stream, input) starts a turn of that direction on the executor, unless a turn is on its way, which then looks again.
 */
final class ProcessStream implements StreamListener {
    private static final long NANOS = 1_000_000_000;

    /** Input that came in one packet. @param length of the packet, in bytes */
    private record Packet(List<StreamPiece> pieces, int length) {}

    private final Io input;
    private final OutputReader reader;
    private final CompletionStage<ExecExit> exit;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Executor executor;
    private final Runnable onClosed;
    private final Turns output;
    private final Turns inputs;
    private final StreamPieceReader pieces = new StreamPieceReader(); // event loop
    private final Queue<Packet> received = new ArrayDeque<>(); // guarded by itself
    private Thread writer; // guarded by received; null while nothing is being written
    private RpcStream stream;
    private volatile boolean answered; // the stream takes neither data nor its end before
    private boolean inputEnded; // turns of the input
    private ByteBuffer unsent; // turns of the output, like the next one
    private boolean told;

    private ProcessStream(
            Io input, OutputReader reader, CompletionStage<ExecExit> exit, Executor executor, Runnable onClosed) {
        this.input = input;
        this.reader = reader;
        this.exit = exit;
        this.executor = executor;
        this.onClosed = onClosed;
        this.output = new Turns(executor, this::send);
        this.inputs = new Turns(executor, this::write);
    }

    /**
     * @param input takes what the client sends; null if the client may send nothing
     * @param reader the output; closed with this
     * @param exit tells the client how the process ended; null in it if there is nothing to tell
     * @param onClosed run once when the stream is over
     */
    static ProcessStream of(
            Io input, OutputReader reader, CompletionStage<ExecExit> exit, Executor executor, Runnable onClosed) {
        boolean takes = input != null && input.stdio().takesInput();
        return new ProcessStream(takes ? input : null, reader, exit, executor, onClosed);
    }

    /** To be called once, before the call is answered. */
    void start(Call call) {
        try {
            stream = call.openStream(this, false);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
        reader.onReady(output::next);
        exit.whenComplete((how, failure) -> output.next());
    }

    // ---- output

    @Override
    public void writable(RpcStream source) {
        answered = true;
        output.next();
    }

    private void send() {
        try {
            while (answered && open.get() && flush()) {
                Chunk chunk = told ? null : reader.poll();
                if (chunk != null) {
                    unsent = piece(chunk).packed();
                } else if (told
                        || reader.end().isEmpty()
                        || !tellEnd(reader.end().get())) {
                    return;
                }
            }
        } catch (Throwable e) { // any failure is told to the client
            stream.fail(e);
        }
    }

    /** False while the client does not take more; {@link #writable} follows then. */
    private boolean flush() {
        if (unsent != null && !stream.offer(unsent)) {
            return false;
        }
        unsent = null;
        return true;
    }

    private static StreamPiece piece(Chunk chunk) {
        long time = chunk.at().getEpochSecond() * NANOS + chunk.at().getNano();
        Kind kind = chunk.channel() == Channel.STDERR ? Kind.STDERR : Kind.STDOUT;
        return new StreamPiece(kind, time, ByteBuffer.wrap(chunk.bytes()));
    }

    /** False if the exit is not known yet. */
    private boolean tellEnd(OutputReader.End end) {
        if (end != OutputReader.End.COMPLETE) {
            throw new EngineException(ErrorCode.OPERATION_FAILED, "the output ends here: %s".formatted(words(end)));
        }
        if (!exit.toCompletableFuture().isDone()) {
            return false;
        }
        ExecExit how = exit.toCompletableFuture().join();
        told = true;
        if (how != null) {
            unsent = ending(how);
        }
        if (flush()) {
            stream.end();
        }
        return false;
    }

    private static String words(OutputReader.End end) {
        return switch (end) {
            case FELL_BEHIND -> "the client was too slow, and what it has not read is no longer kept";
            case DISPLACED -> "another client took this client's place";
            case FAILED -> "it cannot be read; the log of the daemon says why";
            case COMPLETE, CLOSED -> "the daemon is closing";
        };
    }

    private static ByteBuffer ending(ExecExit how) {
        Instant at = how.at();
        long time = at.getEpochSecond() * NANOS + at.getNano();
        StreamPiece exit = StreamPiece.exit(how.status(), time);
        if (how.failure() == null) {
            return exit.packed();
        }
        StreamPiece reason =
                new StreamPiece(Kind.STDERR, time, ByteBuffer.wrap((how.failure() + "\n").getBytes(UTF_8)));
        ByteBuffer both = ByteBuffer.allocate(reason.bytes() + exit.bytes());
        reason.write(both);
        exit.write(both);
        return both.flip();
    }

    // ---- input

    @Override
    public void data(RpcStream source, ByteBuffer data) {
        int length = data.remaining();
        List<StreamPiece> whole = new ArrayList<>();
        try {
            pieces.read(data, whole::add);
            whole.forEach(this::requireInput);
        } catch (IllegalArgumentException e) {
            source.fail(new EngineException(ErrorCode.INVALID_ARG, "unreadable input: " + e.getMessage(), e));
            return;
        }
        synchronized (received) {
            received.add(new Packet(whole, length));
        }
        inputs.next();
    }

    private void requireInput(StreamPiece piece) {
        if (input == null || piece.kind() != Kind.STDIN) {
            throw new IllegalArgumentException(
                    "a piece %s (expected: %s)".formatted(piece.kind(), input == null ? "none" : Kind.STDIN));
        }
    }

    private void write() {
        try {
            for (Packet packet = poll(); packet != null; packet = poll()) {
                packet.pieces().forEach(this::write);
                stream.consumed(packet.length());
            }
        } catch (Throwable e) {
            stream.fail(e);
        }
    }

    private Packet poll() {
        synchronized (received) {
            return received.poll();
        }
    }

    /** Input for a process that has just ended is lost; the client learns of the end from the other direction. */
    private void write(StreamPiece piece) {
        if (inputEnded || !beginWriting()) {
            return;
        }
        try {
            if (piece.data().hasRemaining()) {
                byte[] bytes = new byte[piece.data().remaining()];
                piece.data().get(bytes);
                input.write(bytes);
            } else {
                inputEnded = true;
                input.endInput();
            }
        } catch (EngineException e) {
            if (open.get() && e.code() != ErrorCode.OPERATION_INVALID) {
                throw e;
            }
            inputEnded = true;
        } finally {
            endWriting();
        }
    }

    /** False if the stream is closed. */
    private boolean beginWriting() {
        synchronized (received) {
            writer = Thread.currentThread();
            return open.get();
        }
    }

    private void endWriting() {
        synchronized (received) {
            writer = null;
            Thread.interrupted(); // that of close()
        }
    }

    // ---- end

    @Override
    public void finished(RpcStream source) {
        close();
        source.complete();
    }

    @Override
    public void aborted(RpcStream source, Abort reason) {
        close();
    }

    /** The client is gone, so its process gets no more input; the process itself goes on. */
    private void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        synchronized (received) {
            if (writer != null) {
                writer.interrupt(); // it may wait for a process that does not read
            }
        }
        executor.execute(() -> {
            try {
                reader.close();
                endInput();
            } finally {
                onClosed.run();
            }
        });
    }

    private void endInput() {
        try {
            if (input != null) {
                input.endInput();
            }
        } catch (EngineException e) {
            if (e.code() != ErrorCode.OPERATION_INVALID) { // else it has ended, too
                throw e;
            }
        }
    }
}
