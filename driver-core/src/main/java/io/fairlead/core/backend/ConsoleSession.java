package io.fairlead.core.backend;

/**
 * One reader and writer of a guest's console. It first gets the scrollback, then what the guest writes; nothing is lost
 * for a reader that keeps reading.
 */
public interface ConsoleSession extends AutoCloseable {
    /** Blocks for more output; null at the end of the guest or once closed or displaced. One reading thread at a time. */
    byte[] read() throws InterruptedException;

    /** Types into the console; blocks while the guest does not read. */
    void write(byte[] data);

    @Override
    void close();
}
