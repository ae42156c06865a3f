package io.fairlead.daemon.client;

import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_LOG;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.rpc.protocol.FairleadProcedure.LogArgs;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPiece.Kind;
import io.fairlead.rpc.wire.RpcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** {@code fairlead logs}: shows what a container has written. */
public final class LogsCommand {
    private static final int OK = 0;
    private static final int FAILED = 1;

    private final OutputStreams outputs = new OutputStreams();
    /** Whether the last byte of an output was in the middle of a line. */
    private final Map<Kind, Boolean> inLine = new EnumMap<>(Kind.class);

    private LogsCommand() {}

    /** Returns the exit status of this process. */
    public static int run(Target target, String... arguments) {
        try {
            new LogsCommand().show(target, LogsOptions.parse(Instant.now(), arguments));
            return OK;
        } catch (UsageException e) {
            System.err.println("fairlead logs: " + e.getMessage());
            System.err.print(LogsOptions.USAGE);
        } catch (OutputClosedException e) {
            return OutputClosedException.STATUS;
        } catch (RpcException | IOException e) {
            System.err.println("fairlead logs: " + e.getMessage());
        }
        return FAILED;
    }

    private void show(Target target, LogsOptions options) throws IOException {
        try (DaemonConnection connection = target.connect(options.root())) {
            LogArgs call = new LogArgs(options.container(), options.since(), options.tail(), options.follow());
            CallStream stream = CallStream.open(connection, CALL_LOG, call);
            stream.reply(Void.class);
            stream.receive(options.times() ? this::showTimed : outputs::show);
        }
    }

    /** Puts the time in front of each line that begins in the piece. */
    private void showTimed(StreamPiece piece) throws IOException {
        byte[] time = (Instant.ofEpochSecond(0, piece.timeNanos()) + " ").getBytes(US_ASCII);
        ByteBuffer data = piece.data();
        while (data.hasRemaining()) {
            if (!inLine.getOrDefault(piece.kind(), false)) {
                outputs.show(new StreamPiece(piece.kind(), piece.timeNanos(), ByteBuffer.wrap(time)));
            }
            ByteBuffer line = line(data);
            inLine.put(piece.kind(), line.get(line.limit() - 1) != '\n');
            outputs.show(new StreamPiece(piece.kind(), piece.timeNanos(), line));
        }
    }

    /** Takes the bytes up to and with the next line feed. */
    private static ByteBuffer line(ByteBuffer data) {
        int end = data.position();
        while (end < data.limit() && data.get(end) != '\n') {
            end++;
        }
        int length = Math.min(end + 1, data.limit()) - data.position();
        ByteBuffer line = data.slice().limit(length);
        data.position(data.position() + length);
        return line;
    }
}
