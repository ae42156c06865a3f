package io.fairlead.libvirt.domain;

import java.util.concurrent.Executor;

/**
 * An action that is run when it is woken, but never twice at once: a call that comes during a run causes another run
 * after it. Holds no thread in between. Safe for concurrent use.
 */
final class SerialTask {
    private final Executor executor;
    private final Runnable action;
    private boolean running; // guarded by this, like all fields below
    private boolean wanted;
    private Runnable last;

    /** @param action must not throw */
    SerialTask(Executor executor, Runnable action) {
        this.executor = executor;
        this.action = action;
    }

    /** Never blocks. */
    void wake() {
        synchronized (this) {
            wanted = true;
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        while (isWanted()) {
            action.run();
        }
    }

    private boolean isWanted() {
        Runnable end;
        synchronized (this) {
            if (wanted) {
                wanted = false;
                return true;
            }
            running = false;
            end = last;
            last = null;
        }
        if (end != null) {
            end.run();
        }
        return false;
    }

    /** Runs the action once more, and then {@code after}, once. */
    void finish(Runnable after) {
        synchronized (this) {
            last = after;
        }
        wake();
    }
}
