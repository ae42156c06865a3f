package io.fairlead.libvirt.process;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one action again and again on an executor, one turn at a time. A call of {@link #next} during a turn makes
 * another turn follow, so that the action never misses what was changed before the call. Safe for concurrent use.
 */
final class Turns {
    private final Executor executor;
    private final Runnable action;
    private final AtomicInteger wanted = new AtomicInteger();

    /** @param action must not throw */
    Turns(Executor executor, Runnable action) {
        this.executor = executor;
        this.action = action;
    }

    /** Asks for a turn that begins after this call. Never waits. */
    void next() {
        if (wanted.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int seen;
        do {
            seen = wanted.get();
            action.run();
        } while (!wanted.compareAndSet(seen, 0));
    }
}
