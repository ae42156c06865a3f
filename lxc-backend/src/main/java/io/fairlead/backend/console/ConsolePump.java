package io.fairlead.backend.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a guest's output from its log and gives it to the readers of its console. The attach socket only tells that
 * there is new output, because the monitor writes to the log first. If the log cannot be written (full disk), the
 * packet itself is used.
 */
final class ConsolePump {
    private static final Logger log = LoggerFactory.getLogger(ConsolePump.class);
    // The monitor reads at most 8 KiB at a time and puts one byte in front that names the stream.
    private static final int PACKET_BYTES = 16 * 1024;
    private static final int HEADER_BYTES = 1;
    // Output written between the first read of the log and the monitor's accept comes without a packet: read again
    // soon.
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration IDLE_LOOK = Duration.ofSeconds(2);

    private final Console console;
    private final Attachment attachment;
    private final LogTail tail;
    private final String guest;
    private final byte[] packet = new byte[PACKET_BYTES];
    private long fromLog;
    private long fromSocket;

    private ConsolePump(Console console, Attachment attachment, LogTail tail, String guest) {
        this.console = console;
        this.attachment = attachment;
        this.tail = tail;
        this.guest = guest;
    }

    static void start(Console console, Attachment attachment, LogTail tail, String guest) {
        ConsolePump pump = new ConsolePump(console, attachment, tail, guest);
        Thread thread = new Thread(pump::run, "console-" + guest);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (tail) {
            Duration look = FIRST_LOOK;
            int length = Attachment.NOTHING;
            do {
                drainLog();
                deliverWhatTheLogLacks(length);
                length = attachment.receive(packet, look);
                look = look.compareTo(IDLE_LOOK) < 0 ? look.multipliedBy(2) : IDLE_LOOK;
                fromSocket += Math.max(0, length - HEADER_BYTES);
            } while (length != 0 && console.serves(attachment));
            drainLog();
        } catch (IOException e) {
            log.warn("console of {} ends: {}", guest, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            console.finish(attachment);
        }
    }

    private void drainLog() throws IOException, InterruptedException {
        for (byte[] added = tail.next(); added.length > 0; added = tail.next()) {
            fromLog += added.length;
            console.deliver(attachment, added);
        }
    }

    private void deliverWhatTheLogLacks(int length) throws InterruptedException {
        long lacking = Math.min(fromSocket - fromLog, length - HEADER_BYTES);
        if (lacking > 0) {
            console.deliver(attachment, Arrays.copyOfRange(packet, length - (int) lacking, length));
            fromLog = fromSocket;
        }
    }
}
