package io.fairlead.core.domain;

/**
 * A call of {@code Backend.launch} that has not returned yet, and the means to cancel it. Guarded by its domain's lock.
 */
final class Launch {
    private final Thread thread = Thread.currentThread();
    private boolean cancelled;

    /** Interrupts the back end. If it launches the guest nevertheless, the guest is killed at once. */
    void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    /** Ends the launch, on its own thread, and clears an interrupt that was meant for it. True if it was cancelled. */
    boolean finish() {
        if (cancelled) {
            Thread.interrupted();
        }
        return cancelled;
    }
}
