package io.fairlead.core.backend;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Streams in memory. A test plays the process: it says, hears and sees. Refuses the same as the real streams. */
public final class FakeIo implements Io {
    private final Stdio stdio;
    private final List<Chunk> log = new ArrayList<>(); // guarded by this, like all fields below
    private final List<Reader> readers = new ArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private TerminalSize size;
    private int forgotten;
    private boolean connected;
    private boolean inputEnded;
    private boolean inputClosed;
    private boolean ended;

    FakeIo(Stdio stdio) {
        this.stdio = stdio;
        this.size = stdio instanceof Stdio.Terminal terminal ? terminal.size() : TerminalSize.UNKNOWN;
        this.inputEnded = !stdio.takesInput();
    }

    /** The process writes. */
    public void say(Channel channel, String text) {
        Channel on = stdio.isTerminal() ? Channel.STDOUT : channel;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            for (int at = 0; at < bytes.length; at += Chunk.BYTES_MAX) {
                byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + Chunk.BYTES_MAX));
                log.add(new Chunk(on, Instant.now(), piece));
            }
        }
        wakeAll();
    }

    /** What the process has read so far. */
    public synchronized String heard() {
        return heard.toString(StandardCharsets.UTF_8);
    }

    /** Whether the process has read the end of its input. */
    public synchronized boolean heardEnd() {
        return inputEnded;
    }

    /** The process closes its input. */
    public synchronized void closeInput() {
        inputClosed = true;
    }

    public synchronized TerminalSize size() {
        return size;
    }

    /** Old output is no longer kept, but for the last pieces. */
    public synchronized void keepOnly(int pieces) {
        forgotten = Math.max(forgotten, log.size() - pieces);
    }

    void end() {
        synchronized (this) {
            ended = true;
        }
        wakeAll();
    }

    /** The daemon is gone, and with it its readers and its connection. */
    synchronized void restartDaemon() {
        readers.clear();
        boolean once = stdio instanceof Stdio.Pipes pipes && pipes.input() == Stdio.Input.ONCE;
        inputEnded |= once && connected;
    }

    @Override
    public Stdio stdio() {
        return stdio;
    }

    @Override
    public OutputReader attach(LogRange range) {
        requireAlive("read the output of");
        return open(range, true);
    }

    @Override
    public OutputReader log(LogRange range, boolean follow) {
        return open(range, follow);
    }

    private synchronized OutputReader open(LogRange range, boolean follow) {
        connected |= follow && !ended;
        Reader reader = new Reader(range, follow ? Integer.MAX_VALUE : log.size());
        readers.add(reader);
        return reader;
    }

    @Override
    public void write(byte[] data) {
        requireAlive("write to");
        synchronized (this) {
            if (inputEnded || inputClosed) {
                throw new EngineException(ErrorCode.OPERATION_INVALID, "the input is at its end");
            }
            connected = true;
            heard.writeBytes(data);
        }
    }

    @Override
    public void endInput() {
        requireAlive("end the input of");
        synchronized (this) {
            inputEnded |= stdio instanceof Stdio.Pipes pipes && pipes.input() == Stdio.Input.ONCE;
        }
    }

    @Override
    public void resize(TerminalSize wanted) {
        requireAlive("resize the terminal of");
        if (!stdio.isTerminal()) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "there is no terminal");
        }
        synchronized (this) {
            size = wanted;
        }
    }

    private synchronized void requireAlive(String act) {
        if (ended) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, "cannot %s a process that has ended".formatted(act));
        }
    }

    private void wakeAll() {
        List<Reader> all;
        synchronized (this) {
            all = List.copyOf(readers);
        }
        all.forEach(reader -> reader.ready.run());
    }

    private final class Reader implements OutputReader {
        private final LogRange range;
        private final int limit;
        private volatile Runnable ready = () -> {};
        private int next; // guarded by the streams, like end
        private int skip;
        private End end;

        private Reader(LogRange range, int limit) {
            this.range = range;
            this.limit = limit;
            start();
        }

        /** Goes back to the line feed before the first line that is wanted. */
        private void start() {
            next = log.size();
            if (range.lastLines() == Long.MAX_VALUE) {
                next = forgotten;
                return;
            }
            long lines = 0;
            boolean any = false;
            for (int i = log.size() - 1; i >= forgotten; i--) {
                Chunk chunk = log.get(i);
                if (!range.channels().contains(chunk.channel())) {
                    continue;
                }
                for (int at = chunk.bytes().length - 1; at >= 0; at--) {
                    boolean ends = chunk.bytes()[at] == '\n' || !any;
                    any = true;
                    if (ends && lines++ == range.lastLines()) {
                        next = at + 1 == chunk.bytes().length ? i + 1 : i;
                        skip = next == i ? at + 1 : 0;
                        return;
                    }
                }
            }
            next = forgotten;
        }

        @Override
        public Chunk poll() {
            synchronized (FakeIo.this) {
                while (end == null) {
                    if (next < forgotten) {
                        end = End.FELL_BEHIND;
                    } else if (next >= limit || next >= log.size() && ended) {
                        end = End.COMPLETE;
                    } else if (next >= log.size()) {
                        return null;
                    } else {
                        Chunk chunk = taken(log.get(next++));
                        if (chunk != null) {
                            return chunk;
                        }
                    }
                }
                readers.remove(this);
                return null;
            }
        }

        private Chunk taken(Chunk chunk) {
            byte[] bytes = Arrays.copyOfRange(chunk.bytes(), skip, chunk.bytes().length);
            skip = 0;
            boolean wanted = range.channels().contains(chunk.channel())
                    && !chunk.at().isBefore(range.since())
                    && bytes.length > 0;
            return wanted ? new Chunk(chunk.channel(), chunk.at(), bytes) : null;
        }

        @Override
        public Optional<End> end() {
            synchronized (FakeIo.this) {
                return Optional.ofNullable(end);
            }
        }

        @Override
        public void onReady(Runnable action) {
            ready = action;
            action.run();
        }

        @Override
        public void close() {
            synchronized (FakeIo.this) {
                end = end == null ? End.CLOSED : end;
                readers.remove(this);
            }
            ready.run();
        }
    }
}
