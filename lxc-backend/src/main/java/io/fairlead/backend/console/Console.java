package io.fairlead.backend.console;

import io.fairlead.core.backend.ConsoleMode;
import io.fairlead.core.backend.ConsoleSession;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console of one guest and its present readers. While there are readers, one thread gives the guest's output to all
 * of them. Without readers it costs nothing.
 *
 * <p>A reader that does not keep up makes the guest wait, as a terminal would. If it keeps others waiting for longer
 * than {@link #STALL_LIMIT}, it is dropped.
 */
public final class Console {
    static final Duration STALL_LIMIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Console.class);

    private final String guest;
    private final ConsoleLog consoleLog;
    private final Attachment.Attacher attacher;
    private final Duration stallLimit;
    private final List<ConsoleReader> readers = new ArrayList<>();
    private Scrollback scrollback;
    private Attachment attachment;
    private boolean exclusive;

    /** @param guest its name, for messages */
    public Console(String guest, ConsoleLog consoleLog, Attachment.Attacher attacher) {
        this(guest, consoleLog, attacher, STALL_LIMIT);
    }

    Console(String guest, ConsoleLog consoleLog, Attachment.Attacher attacher, Duration stallLimit) {
        this.guest = guest;
        this.consoleLog = consoleLog;
        this.attacher = attacher;
        this.stallLimit = stallLimit;
    }

    public ConsoleLog log() {
        return consoleLog;
    }

    /**
     * @throws EngineException OPERATION_FAILED while another session uses the console exclusively, or if the guest has
     *     ended
     */
    public synchronized ConsoleSession open(ConsoleMode mode) {
        boolean occupied = !readers.isEmpty() && (exclusive || mode == ConsoleMode.EXCLUSIVE);
        if (occupied && mode != ConsoleMode.FORCE) {
            throw new EngineException(
                    ErrorCode.OPERATION_FAILED, "Active console session exists for this domain", null);
        }
        if (mode == ConsoleMode.FORCE) {
            List.copyOf(readers).forEach(ConsoleReader::displace);
            readers.clear();
        }
        if (attachment == null) {
            begin();
        }
        exclusive = mode == ConsoleMode.EXCLUSIVE;
        ConsoleReader reader = new ConsoleReader(this, scrollback.content());
        readers.add(reader);
        return reader;
    }

    synchronized void leave(ConsoleReader reader) {
        readers.remove(reader);
        if (readers.isEmpty()) {
            exclusive = false;
            if (attachment != null) {
                attachment.close();
                attachment = null;
            }
        }
        notifyAll();
    }

    /** A reader has taken some output. */
    synchronized void taken() {
        notifyAll();
    }

    void type(byte[] packet) {
        Attachment present;
        synchronized (this) {
            present = attachment;
        }
        if (present == null) {
            throw ended(null);
        }
        try {
            present.send(packet);
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /** The thread of an attachment that has ended must not serve readers of the next one. */
    synchronized boolean serves(Attachment one) {
        return attachment == one && !readers.isEmpty();
    }

    /** Gives these bytes to all readers and waits until all have room again. */
    synchronized void deliver(Attachment from, byte[] bytes) throws InterruptedException {
        if (attachment != from) {
            return;
        }
        scrollback.add(bytes);
        readers.forEach(reader -> reader.add(bytes));
        while (attachment == from && readers.stream().anyMatch(ConsoleReader::full)) {
            dropStalled();
            if (readers.stream().anyMatch(ConsoleReader::full)) {
                wait(Math.max(1, stallLimit.toMillis() / 4));
            }
        }
    }

    /** The attachment has ended: readers get the rest of their output, and then the end. */
    synchronized void finish(Attachment one) {
        if (attachment == one) {
            attachment.close();
            attachment = null;
            readers.forEach(ConsoleReader::finish);
            readers.clear();
            exclusive = false;
        }
    }

    private void begin() {
        LogTail tail = new LogTail(consoleLog);
        try {
            Attachment fresh = attacher.attach();
            try {
                Scrollback past = new Scrollback();
                past.add(tail.past());
                scrollback = past;
                attachment = fresh;
                ConsolePump.start(this, fresh, tail, guest);
            } catch (IOException e) {
                fresh.close();
                throw e;
            }
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private void dropStalled() {
        if (readers.stream().allMatch(ConsoleReader::full)) {
            return;
        }
        for (ConsoleReader reader : List.copyOf(readers)) {
            if (reader.fullFor(stallLimit)) {
                log.warn(
                        "console of {}: dropped a reader that kept others waiting for {} s",
                        guest,
                        stallLimit.toSeconds());
                reader.displace();
                readers.remove(reader);
            }
        }
    }

    private EngineException ended(IOException cause) {
        return new EngineException(
                ErrorCode.OPERATION_INVALID,
                "cannot use the console of %s: %s"
                        .formatted(guest, cause == null ? "it has ended" : "its monitor does not answer"),
                cause);
    }
}
