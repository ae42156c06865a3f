package io.fairlead.backend.console;

import java.io.IOException;
import java.time.Duration;

/** A connection to a monitor's attach socket. Safe for concurrent use. */
public interface Attachment extends AutoCloseable {
    /** Result of {@link #receive} when nothing has arrived. */
    int NOTHING = -1;

    /** Makes attachments; fails once the monitor has ended. */
    @FunctionalInterface
    interface Attacher {
        /** @param onPackets runs on the poller's thread while there are packets, or the end, and this is listened to */
        Attachment attach(Runnable onPackets) throws IOException;
    }

    /** Whether packets are told of; at first they are not. */
    void listen(boolean on) throws IOException;

    /**
     * Takes a packet. Never waits.
     *
     * @return its length (the rest of a longer one is lost), 0 when the monitor has ended or this is closed, or
     *     {@link #NOTHING}
     */
    int receive(byte[] packet) throws IOException;

    /**
     * Types one packet of at most 32,767 bytes.
     *
     * @return false if it was not taken in time, because the process does not read
     */
    boolean send(byte[] packet, Duration limit) throws IOException;

    /** Whether a process without a terminal can still read what is sent. */
    boolean isInputRead() throws IOException;

    /** Says that no more will be sent. */
    void endInput() throws IOException;

    /** Makes any {@link #send} that waits in other threads fail. */
    @Override
    void close();
}
