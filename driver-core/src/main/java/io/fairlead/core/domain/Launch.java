package io.fairlead.core.domain;

/** A call of {@code Backend.launch} that has not returned, and the means to make it. Guarded by its domain's lock. */
final class Launch {
    private final Thread thread = Thread.currentThread();
    private boolean cancelled;

    /** The back end is interrupted; if it launches the guest all the same, that is killed at once. */
    void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    /** Ends it on its own thread, swallowing the interrupt that was meant for it; true if it was cancelled. */
    boolean finish() {
        if (cancelled) {
            Thread.interrupted();
        }
        return cancelled;
    }
}
