package io.fairlead.backend.console;

import io.fairlead.core.backend.Chunk;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of one process and its present readers. Each reader reads the log; the attach socket only tells when there
 * is something new. If the log cannot be written (full disk), readers get the packet itself.
 *
 * <p>Leaving the socket unread makes the process wait. That happens while all attached readers are too far behind.
 *
 * <p>Threads: the poller's thread serves all processes, and readers read the log on their own threads. Without readers
 * nothing is open.
 */
final class ProcessOutput implements LogReader.Owner {
    private static final Logger log = LoggerFactory.getLogger(ProcessOutput.class);
    // Output written between the first look into the log and the monitor's accept comes without a packet: look again
    // soon.
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration IDLE_LOOK = Duration.ofSeconds(2);
    private static final Duration HELD_LOOK = Duration.ofMillis(100);
    /** After so many packets, other processes have their turn. */
    private static final int PACKETS_AT_ONCE = 64;

    private final String subject;
    private final ConsoleLog consoleLog;
    private final Attachment.Attacher attacher;
    private final Poller poller;
    private final boolean staysAttached;
    private final BooleanSupplier dead;

    private final Object attaching = new Object();
    private final byte[] packet = new byte[AttachPacket.BYTES_MAX]; // of the poller's thread
    private final Set<LogReader> readers = new LinkedHashSet<>(); // guarded by this, like all fields below
    private final Set<LogReader> attached = new LinkedHashSet<>();
    private int users;
    private LogSequence sequence;
    private Attachment attachment;
    private long expected;
    private volatile boolean held;
    private boolean neverHold;
    private boolean ended;

    /**
     * @param subject whose output it is, for messages
     * @param staysAttached whether the process would take the end of the last attachment for the end of its input
     * @param dead whether the process itself is known to have ended, although its monitor has not
     */
    ProcessOutput(
            String subject,
            ConsoleLog consoleLog,
            Attachment.Attacher attacher,
            Poller poller,
            boolean staysAttached,
            BooleanSupplier dead) {
        this.subject = subject;
        this.consoleLog = consoleLog;
        this.attacher = attacher;
        this.poller = poller;
        this.staysAttached = staysAttached;
        this.dead = dead;
    }

    /** Finds the beginning of a reader. */
    @FunctionalInterface
    private interface Start {
        LogStart in(LogSequence sequence) throws IOException;
    }

    /** A reader for which the process waits. @throws EngineException OPERATION_INVALID if it has ended */
    LogReader attach(LogRange range) {
        return attach(range, log -> LogStart.of(log, range));
    }

    /** As {@link #attach}, beginning with the last bytes of the recorded output. */
    LogReader attachWithPast(int bytes) {
        return attach(LogRange.ALL, log -> LogStart.lastBytes(log, bytes));
    }

    private LogReader attach(LogRange range, Start start) {
        try {
            return open(range, start, true);
        } catch (IOException e) {
            throw notThere(e);
        }
    }

    /** A reader for which the process does not wait, and which gets new output, too. */
    OutputReader follow(LogRange range) {
        try {
            return open(range, log -> LogStart.of(log, range), false);
        } catch (IOException e) {
            log.debug("{} has ended; only its recorded output can be read", subject, e);
            return RecordedOutput.read(subject, consoleLog, range);
        }
    }

    private LogReader open(LogRange range, Start start, boolean waitsFor) throws IOException {
        use();
        try {
            LogSequence log = sequence(); // open until disuse
            LogReader reader = new LogReader(subject, log, this, range, start.in(log), Long.MAX_VALUE);
            synchronized (this) {
                readers.add(reader);
                if (waitsFor) {
                    attached.add(reader);
                }
                if (ended) {
                    reader.complete();
                }
            }
            taken(reader); // the process may have waited for others
            return reader;
        } catch (IOException | RuntimeException e) {
            disuse();
            throw e;
        }
    }

    private synchronized LogSequence sequence() {
        return sequence;
    }

    /** The attachment, between {@link #use} and {@link #disuse}. */
    synchronized Attachment present() throws IOException {
        if (attachment == null) {
            throw new IOException("its monitor has ended");
        }
        return attachment;
    }

    /** Makes sure that there is an attachment until {@link #disuse}. */
    void use() throws IOException {
        synchronized (attaching) { // connecting may take long, and the poller's thread needs the other lock
            synchronized (this) {
                users++;
                if (attachment != null) {
                    return;
                }
            }
            try {
                // Before it connects: packets of what is logged from here on may come.
                long logged = logged();
                begin(attacher.attach(this::packets), logged);
            } catch (IOException e) {
                disuse();
                throw e;
            }
        }
    }

    private synchronized long logged() throws IOException {
        if (sequence == null) {
            sequence = new LogSequence(consoleLog);
        }
        return sequence.end();
    }

    /** @param logged how much was logged before it was attached */
    private synchronized void begin(Attachment fresh, long logged) throws IOException {
        try {
            if (ended) {
                throw new IOException("its output has ended");
            }
            expected = logged;
            fresh.listen(true);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        attachment = fresh;
        if (staysAttached) {
            users++; // until the end
        }
        look(fresh, FIRST_LOOK);
    }

    void disuse() {
        Attachment unused = null;
        synchronized (this) {
            users--;
            if (users == 0) {
                unused = attachment;
                release();
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    private void release() {
        attachment = null;
        held = false;
        if (sequence != null) {
            sequence.close();
            sequence = null;
        }
    }

    /** Packets have come, or the end. */
    private void packets() {
        List<LogReader> toWake = List.of();
        synchronized (this) {
            if (attachment == null) {
                return;
            }
            try {
                toWake = receive() ? List.copyOf(readers) : finish();
            } catch (IOException e) {
                log.warn("the output of {} is no longer followed: {}", subject, e.getMessage(), e);
                toWake = finish();
            }
        }
        toWake.forEach(LogReader::wake);
    }

    /** False at the end. */
    private boolean receive() throws IOException {
        for (int count = 0; count < PACKETS_AT_ONCE && !held; count++) {
            int length = attachment.receive(packet);
            if (length == 0) {
                return false;
            }
            if (length == Attachment.NOTHING) {
                return true;
            }
            note(length);
        }
        return true;
    }

    private void note(int length) throws IOException {
        long position = sequence.end();
        expected += AttachPacket.loggedBytes(packet, length);
        if (position < expected) {
            expected = position;
            Chunk chunk = AttachPacket.chunk(packet, length, Instant.now());
            if (chunk != null) {
                readers.forEach(reader -> reader.add(new LogReader.Unlogged(position, chunk)));
            }
        }
        if (allBehind(position)) {
            hold();
        }
    }

    private boolean allBehind(long position) {
        return !neverHold
                && !attached.isEmpty()
                && attached.stream().allMatch(reader -> reader.behind(position) > Io.BEHIND_MAX);
    }

    private void hold() throws IOException {
        attachment.listen(false);
        held = true;
        lookWhileHeld(attachment);
    }

    /** A process that is dead must not wait: its monitor cannot tell of its end while it waits for us. */
    private void lookWhileHeld(Attachment one) {
        poller.schedule(HELD_LOOK, () -> {
            synchronized (this) {
                if (attachment == one && held) {
                    if (dead.getAsBoolean()) {
                        letGo();
                    } else {
                        lookWhileHeld(one);
                    }
                }
            }
        });
    }

    /** From now on the process does not wait for anybody: it is to end. */
    synchronized void letGo() {
        neverHold = true;
        goOn();
    }

    private void goOn() {
        if (held && attachment != null) {
            held = false;
            try {
                attachment.listen(true);
            } catch (IOException e) {
                log.warn("the output of {} is no longer followed: {}", subject, e.getMessage(), e);
                List<LogReader> toWake = finish();
                poller.schedule(Duration.ZERO, () -> toWake.forEach(LogReader::wake));
            }
        }
    }

    private void look(Attachment one, Duration delay) {
        poller.schedule(delay, () -> {
            List<LogReader> toWake;
            synchronized (this) {
                if (attachment != one) {
                    return;
                }
                toWake = List.copyOf(readers);
                look(one, delay.compareTo(IDLE_LOOK) < 0 ? delay.multipliedBy(2) : delay);
            }
            toWake.forEach(LogReader::wake);
        });
    }

    /** The readers get the rest, and then the end. */
    private List<LogReader> finish() {
        ended = true;
        Attachment one = attachment;
        attachment = null;
        held = false;
        List<LogReader> all = new ArrayList<>(readers);
        all.forEach(LogReader::complete);
        one.close();
        if (staysAttached) {
            users--;
            if (users == 0) {
                release();
            }
        }
        return all;
    }

    @Override
    public void taken(LogReader reader) {
        if (!held) {
            return;
        }
        synchronized (this) {
            try {
                if (held && sequence != null && !allBehind(sequence.end())) {
                    goOn();
                }
            } catch (IOException e) {
                log.warn("the log of {} cannot be looked at: {}", subject, e.getMessage(), e);
                goOn();
            }
        }
    }

    @Override
    public void closed(LogReader reader) {
        synchronized (this) {
            readers.remove(reader);
            attached.remove(reader);
        }
        taken(reader); // it may have been the slowest
        disuse();
    }

    /** Ends all readers and the attachment; the process goes on. */
    void close() {
        List<LogReader> all;
        synchronized (this) {
            if (attachment == null) {
                return;
            }
            all = finish();
        }
        all.forEach(LogReader::close);
    }

    private EngineException notThere(IOException cause) {
        return new EngineException(
                ErrorCode.OPERATION_INVALID, "cannot read the output of %s: it has ended".formatted(subject), cause);
    }
}
