package io.fairlead.kit.job;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.time.Duration;

/** Lets one change of a domain go on at a time. Not reentrant. */
public final class JobSlot {
    /** As long as libvirt's drivers wait (VIR_LXC/QEMU_JOB_WAIT_TIME). */
    public static final Duration WAIT = Duration.ofSeconds(30);

    private final Duration wait;
    private Job current; // guarded by this

    public JobSlot() {
        this(WAIT);
    }

    public JobSlot(Duration wait) {
        this.wait = wait;
    }

    /** Waits for its turn. No other change of the domain runs until the returned job is closed. */
    public Job begin(String what) {
        return begin(what, null);
    }

    /**
     * As {@link #begin(String)}.
     *
     * @param subject the object that the change works on; once it is gone, {@link #abandon} frees the slot even if the
     *     holder hangs
     * @throws EngineException OPERATION_TIMEOUT if another change takes too long
     */
    public synchronized Job begin(String what, Object subject) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (current != null) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new EngineException(
                        ErrorCode.OPERATION_TIMEOUT,
                        "cannot acquire state change lock (held by %s)".formatted(current.what));
            }
            waitFor(leftMillis, what);
        }
        current = new Job(this, what, subject);
        return current;
    }

    /** Frees the slot if its holder works on {@code subject}, which no longer exists. */
    public synchronized void abandon(Object subject) {
        if (current != null && current.subject != null && current.subject == subject) {
            current = null;
            notifyAll();
        }
    }

    private void waitFor(long millis, String what) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(ErrorCode.OPERATION_FAILED, "interrupted while %s waited".formatted(what), e);
        }
    }

    private synchronized void end(Job job) {
        if (current == job) {
            current = null;
            notifyAll();
        }
    }

    /** The right to change a domain. Closing it twice, or after it was abandoned, does nothing. */
    public static final class Job implements AutoCloseable {
        private final JobSlot slot;
        private final String what;
        private final Object subject;

        private Job(JobSlot slot, String what, Object subject) {
            this.slot = slot;
            this.what = what;
            this.subject = subject;
        }

        @Override
        public void close() {
            slot.end(this);
        }
    }
}
