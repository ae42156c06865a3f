package io.fairlead.core.backend;

/** One reader and writer of a guest's console. */
public interface ConsoleSession extends AutoCloseable {
    /**
     * The scrollback, and then the guest's new output. It loses nothing as long as it is read: the guest waits for the
     * fastest reader, and a slower one may be some megabytes behind it.
     */
    OutputReader output();

    /**
     * Types into the console; waits while the guest does not read. {@link #close} ends the wait.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID if the guest has ended or this is closed
     */
    void write(byte[] data);

    /** Closes the output, too. */
    @Override
    void close();
}
