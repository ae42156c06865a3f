package io.fairlead.core.domain;

/**
 * A call of {@code Backend.launch} that has not returned yet, and the means to cancel it. Guarded by its domain's lock.
 */
public final class Launch {
    private final Thread thread = Thread.currentThread();
    private boolean cancelled;

    /** Interrupts the back end. If it launches the guest nevertheless, the guest is killed at once. */
    public void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    /** Ends the launch, on its own thread, and clears an interrupt that was meant for it. True if it was cancelled. */
    public boolean finish() {
        if (cancelled) {
            Thread.interrupted();
        }
        return cancelled;
    }
}
