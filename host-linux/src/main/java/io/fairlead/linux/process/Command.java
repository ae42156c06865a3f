package io.fairlead.linux.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs a program to its end on the calling thread, with a time limit, and captures its output. Its process group dies
 * with it when the time runs out.
 */
public final class Command {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final int CAPTURE_LIMIT = 64 << 10;
    /** How long output may trickle in after the program's end, from children that it left behind. */
    private static final Duration AFTERMATH = Duration.ofMillis(50);

    private final Spawn spawn;
    private final List<String> command;
    private Duration limit = Duration.ofSeconds(30);
    private int captureLimit = CAPTURE_LIMIT;

    private Command(List<String> command) {
        this.command = List.copyOf(command);
        this.spawn = Spawn.of(command);
    }

    public static Command of(String... command) {
        return new Command(List.of(command));
    }

    public static Command of(List<String> command) {
        return new Command(command);
    }

    /** The whole environment; without this call it is ours. */
    public Command environment(Map<String, String> variables) {
        spawn.environment(variables);
        return this;
    }

    public Command directory(Path path) {
        spawn.directory(path);
        return this;
    }

    /** 30 seconds unless set. */
    public Command within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** How many bytes of each output stream are kept, 64 KiB unless set; the rest is read and dropped. */
    public Command captureLimit(int bytes) {
        captureLimit = bytes;
        return this;
    }

    /** One of our descriptors for the program, beside its standard ones. */
    public Command descriptor(int theirs, int ours) {
        spawn.descriptor(theirs, ours);
        return this;
    }

    /**
     * Runs it. A status other than 0 is a result, not an exception: see {@link CommandResult#orThrow}.
     *
     * @throws ErrnoException if it cannot be started, or with ETIMEDOUT when the time ran out
     */
    public CommandResult run() throws IOException {
        try (Stream output = new Stream();
                Stream errors = new Stream()) {
            spawn.descriptor(1, output.writer.number()).descriptor(2, errors.writer.number());
            try (SpawnedProcess process = spawn.start()) {
                output.writer.close();
                errors.writer.close();
                int status = pump(process, output, errors);
                return new CommandResult(command, status, output.text(), errors.text());
            }
        }
    }

    private int pump(SpawnedProcess process, Stream output, Stream errors) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean ended = false;
        while (!ended || output.open() || errors.open()) {
            long left = deadline - System.nanoTime();
            int[] fds = {output.descriptor(), errors.descriptor(), ended ? -1 : process.pidfd()};
            short[] ready = Poll.await(fds, Poll.POLLIN, Duration.ofNanos(Math.max(0, left)));
            if (left <= 0 && !ended) {
                throw new ErrnoException(Errno.ETIMEDOUT, "waiting for", String.join(" ", command));
            }
            if (left <= 0) {
                break;
            }
            output.drainIf(ready[0]);
            errors.drainIf(ready[1]);
            if (ready[2] != 0) {
                ended = true;
                deadline = Math.min(deadline, System.nanoTime() + AFTERMATH.toNanos());
            }
        }
        return process.waitFor(Duration.ZERO).orElseThrow();
    }

    /** A pipe with its reading end for us. */
    private final class Stream implements AutoCloseable {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[8192];
        private final Fd reader;
        private final Fd writer;
        private boolean ended;

        Stream() throws ErrnoException {
            int[] ends = new int[2];
            Errno.check(Libc.pipe2(ends, O_CLOEXEC), "pipe2", command.get(0));
            reader = new Fd(ends[0], "output of " + command.get(0));
            writer = new Fd(ends[1], "output of " + command.get(0));
            Libc.fcntl(ends[0], 4 /* F_SETFL */, O_NONBLOCK);
        }

        boolean open() {
            return !ended;
        }

        int descriptor() {
            return ended ? -1 : reader.number();
        }

        void drainIf(short ready) throws ErrnoException {
            if (ready == 0) {
                return;
            }
            long count = Libc.read(reader.number(), buffer, buffer.length);
            if (count < 0 && (Errno.last() == Errno.EAGAIN || Errno.last() == Errno.EINTR)) {
                return;
            }
            Errno.check(count, "read", reader.name());
            if (count == 0) {
                ended = true;
            }
            kept.write(buffer, 0, (int) Math.min(count, captureLimit - kept.size()));
        }

        String text() {
            return kept.toString(UTF_8);
        }

        @Override
        public void close() {
            reader.close();
            writer.close();
        }
    }
}
