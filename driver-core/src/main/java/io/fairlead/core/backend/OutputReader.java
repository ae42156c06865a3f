package io.fairlead.core.backend;

import java.util.Optional;

/**
 * Reads the output of one process at its own pace: a slow reader neither delays other readers nor takes anything from
 * them. An idle reader needs no thread.
 *
 * <p>Threads: one thread at a time calls {@link #poll}; any may close.
 */
public interface OutputReader extends AutoCloseable {
    /** Why a reader gets no more output. */
    enum End {
        /** The process has ended, or the reader was to read only recorded output. The reader has got all of it. */
        COMPLETE,
        /** It fell so far behind that output it has not read is no longer kept. */
        FELL_BEHIND,
        /** Another client took its place ({@link ConsoleMode#FORCE}). */
        DISPLACED,
        /** {@link #close} was called. */
        CLOSED,
        /** The recorded output cannot be read. The log of the daemon says why. */
        FAILED
    }

    /** The next piece of output, or null if there is none now. Waits for nothing but the disk. */
    Chunk poll();

    /** Why there will be no more output; empty as long as {@link #poll} may still give some. */
    Optional<End> end();

    /**
     * Sets the action that tells of more output or of the end. It is called once now, and then each time after
     * {@link #poll} gave null. It may be called without a reason. It runs on a thread of the back end, which serves all
     * readers, so it must not block; it may call {@link #close}, but not {@link #poll}.
     */
    void onReady(Runnable ready);

    /** Gives up the place. Harmless if called twice. */
    @Override
    void close();
}
