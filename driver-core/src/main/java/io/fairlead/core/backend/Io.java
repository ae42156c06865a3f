package io.fairlead.core.backend;

/**
 * The standard streams of one process. Its output is recorded, with time and channel, whether anybody reads it or not.
 *
 * <p>Any number of clients may read and write. The process waits for its readers only while each attached one is behind
 * by more than {@link #BEHIND_MAX}. A reader that is slower than another is behind on its own account.
 */
public interface Io {
    /** Recorded output that the fastest attached reader may have ahead of it before the process waits, in bytes. */
    int BEHIND_MAX = 256 * 1024;

    Stdio stdio();

    /**
     * Begins to read, with the selected part of the recorded output first. The process waits for the reader, see above.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID if the process has ended
     */
    OutputReader attach(LogRange range);

    /**
     * Reads recorded output. The process does not wait for the reader.
     *
     * @param follow whether the reader also gets the output that comes later, until the process ends. For an ended
     *     process this makes no difference
     */
    OutputReader log(LogRange range, boolean follow);

    /**
     * Writes to the process's input. Waits while the process does not read; an interrupt of the thread ends that.
     * Pieces of several writers do not mix if they are at most 4,096 bytes long.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID if the process has ended or closed its input, or
     *     if the input is at its end; OPERATION_FAILED if the thread was interrupted: then part of it may be written
     */
    void write(byte[] data);

    /**
     * Ends the input where {@link Stdio.Input#ONCE} says that a writer can; what was written before is read first. For
     * other processes this does nothing, because another writer may come.
     */
    void endInput();

    /**
     * Changes the size of the terminal; the process is told by a signal. If several changes come at once, the last one
     * counts.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID if the process has ended or has no terminal
     */
    void resize(TerminalSize size);
}
