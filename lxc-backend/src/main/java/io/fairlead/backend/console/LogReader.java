package io.fairlead.backend.console;

import io.fairlead.core.backend.Channel;
import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader with a place of its own in the log. The log is its queue: it holds no output in memory but what it read
 * last. Safe for concurrent use.
 */
final class LogReader implements OutputReader {
    /** Learns what readers do; called without their locks. */
    interface Owner {
        /** It took some output. */
        void taken(LogReader reader);

        /** It takes no more. Called once. */
        void closed(LogReader reader);
    }

    /** A piece that the log lacks because it could not be written. @param position where in the log it belongs */
    record Unlogged(long position, Chunk chunk) {}

    private static final Logger log = LoggerFactory.getLogger(LogReader.class);
    private static final Runnable NOBODY = () -> {};

    private final String subject;
    private final LogSequence sequence;
    private final Owner owner;
    private final Set<Channel> channels;
    private final long limit;
    private final Queue<Chunk> chunks = new ArrayDeque<>(); // guarded by this, like all fields below
    private final Queue<Unlogged> unlogged = new ArrayDeque<>();
    private long unloggedBytes;
    private Instant since;
    private LogDecoder decoder = new LogDecoder();
    private LogSequence.Part part;
    private long at;
    private long skip;
    private boolean complete;
    private End end;
    private boolean told;
    private volatile Runnable ready = NOBODY;

    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private Channel pieceChannel;
    private Instant pieceAt;

    /**
     * @param subject whose output it is, for messages
     * @param start its part is left by this reader
     * @param limit position at which the reader stops; {@link Long#MAX_VALUE} to follow
     */
    LogReader(String subject, LogSequence sequence, Owner owner, LogRange range, LogStart start, long limit) {
        this.subject = subject;
        this.sequence = sequence;
        this.owner = owner;
        this.channels = range.channels();
        this.since = range.since();
        this.part = start.part();
        this.at = start.at();
        this.skip = start.skip();
        this.limit = limit;
    }

    @Override
    public Chunk poll() {
        Chunk next;
        synchronized (this) {
            next = take();
        }
        if (next == null) {
            tellEnd();
        } else {
            owner.taken(this);
        }
        return next;
    }

    private Chunk take() {
        try {
            while (chunks.isEmpty() && end == null) {
                if (!advance()) {
                    return null;
                }
            }
        } catch (IOException e) {
            boolean lost = part != null && part.givenUp();
            if (!lost) {
                log.warn("the output of {} cannot be read: {}", subject, e.getMessage(), e);
            }
            finish(lost ? End.FELL_BEHIND : End.FAILED);
        }
        return chunks.poll();
    }

    /** Reads on; false if there is nothing more now. */
    private boolean advance() throws IOException {
        boolean over = complete; // before the log is looked at: what was written before that is read below
        if (part == null) {
            part = sequence.enterFirst();
            at = 0;
            return part != null || finishIf(over || limit == 0);
        }
        long here = part.base() + at;
        Unlogged next = unlogged.peek();
        if (next != null && next.position() <= here) {
            unlogged.remove();
            unloggedBytes -= next.chunk().bytes().length;
            add(
                    next.chunk().channel(),
                    next.chunk().at(),
                    next.chunk().bytes(),
                    0,
                    next.chunk().bytes().length);
            flush();
            return true;
        }
        long until = Math.min(limit, next == null ? Long.MAX_VALUE : next.position());
        if (read(Math.min(Chunk.BYTES_MAX, until - here))) {
            return true;
        }
        return here >= limit ? finishIf(true) : moveOn() || finishIf(over);
    }

    private boolean finishIf(boolean now) {
        if (now) {
            finish(End.COMPLETE);
        }
        return false;
    }

    private boolean read(long most) throws IOException {
        long there = Math.min(most, part.file().size() - at);
        if (there <= 0) {
            return false;
        }
        byte[] bytes = new byte[(int) there];
        int count = part.file().read(bytes, at);
        decoder.decode(bytes, 0, count, this::add);
        flush();
        at += count;
        return count > 0;
    }

    private boolean moveOn() throws IOException {
        LogSequence.Part next = sequence.enterNext(part);
        if (next == null) {
            return false;
        }
        if (part.file().size() > at) {
            next.leave(); // output written between the last read and the change of files
            return true;
        }
        part.leave();
        part = next;
        at = 0;
        decoder = new LogDecoder();
        return true;
    }

    private void add(Channel channel, Instant time, byte[] bytes, int from, int length) {
        if (!channels.contains(channel) || time.isBefore(since)) {
            return;
        }
        since = Instant.MIN; // once reached: the host's clock may be set back
        int left = (int) Math.min(skip, length);
        skip -= left;
        if (left == length) {
            return;
        }
        if (channel != pieceChannel || !time.equals(pieceAt) || piece.size() + length - left > Chunk.BYTES_MAX) {
            flush();
        }
        pieceChannel = channel;
        pieceAt = time;
        piece.write(bytes, from + left, length - left);
    }

    private void flush() {
        if (piece.size() > 0) {
            chunks.add(new Chunk(pieceChannel, pieceAt, piece.toByteArray()));
            piece.reset();
        }
    }

    /** How many bytes of the log it is behind the given position. */
    synchronized long behind(long position) {
        return end != null || part == null ? 0 : position - part.base() - at + unloggedBytes;
    }

    /** Hands it a piece that the log lacks. */
    synchronized void add(Unlogged lacking) {
        if (end == null) {
            unlogged.add(lacking);
            unloggedBytes += lacking.chunk().bytes().length;
        }
    }

    /** There will be no more output than is logged now. */
    synchronized void complete() {
        complete = true;
    }

    /** Tells that there may be something to read. Not to be called with a lock held that {@link Owner} needs. */
    void wake() {
        ready.run();
    }

    @Override
    public synchronized Optional<End> end() {
        return chunks.isEmpty() ? Optional.ofNullable(end) : Optional.empty();
    }

    @Override
    public void onReady(Runnable action) {
        ready = action;
        action.run();
    }

    @Override
    public void close() {
        close(End.CLOSED);
    }

    /** Ends it at once. */
    void close(End why) {
        synchronized (this) {
            chunks.clear();
            finish(why);
        }
        tellEnd();
        wake();
    }

    private void finish(End why) {
        if (end != null) {
            return;
        }
        end = why;
        unlogged.clear();
        unloggedBytes = 0;
        if (part != null) {
            part.leave();
            part = null;
        }
    }

    private void tellEnd() {
        synchronized (this) {
            if (end == null || told) {
                return;
            }
            told = true;
        }
        owner.closed(this);
    }
}
