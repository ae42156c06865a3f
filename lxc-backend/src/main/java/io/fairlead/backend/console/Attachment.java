package io.fairlead.backend.console;

import java.io.IOException;
import java.time.Duration;

/** A connection to a monitor's attach socket. One thread may receive while others send, and any may close. */
public interface Attachment extends AutoCloseable {
    /** Result of {@link #receive} when nothing came in time. */
    int NOTHING = -1;

    /** Makes attachments; fails once the monitor has ended. */
    @FunctionalInterface
    interface Attacher {
        Attachment attach() throws IOException;
    }

    /**
     * Waits for a packet.
     *
     * @return its length (the rest of a longer one is lost), 0 when the monitor has ended or this is closed, or
     *     {@link #NOTHING}
     */
    int receive(byte[] packet, Duration limit) throws IOException;

    /** Types one packet of at most 32,767 bytes; blocks while the guest does not read. */
    void send(byte[] packet) throws IOException;

    /** Ends any {@link #receive} and {@link #send} that wait in other threads. */
    @Override
    void close();
}
