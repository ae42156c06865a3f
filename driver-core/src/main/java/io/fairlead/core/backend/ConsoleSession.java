package io.fairlead.core.backend;

/**
 * One reader and writer of a guest's console. It first gets the scrollback, then the guest's new output. A reader that
 * keeps reading loses nothing: the guest waits for the fastest reader, and a slower one may be some megabytes behind it.
 */
public interface ConsoleSession extends AutoCloseable {
    /**
     * Blocks until there is more output; returns null once the guest has ended or the session was closed or displaced.
     * One reading thread at a time.
     */
    byte[] read() throws InterruptedException;

    /** Types into the console; blocks while the guest does not read. */
    void write(byte[] data);

    @Override
    void close();
}
