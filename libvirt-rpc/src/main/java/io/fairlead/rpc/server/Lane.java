package io.fairlead.rpc.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A share of an executor's threads: only so many of its tasks run at once. The others wait here, in order, out of the
 * way of other lanes.
 */
final class Lane implements Executor {
    private final Executor threads;
    private final int width;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by itself, as is running
    private int running;

    Lane(Executor threads, int width) {
        this.threads = threads;
        this.width = width;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the threads have been stopped */
    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (running == width) {
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            threads.execute(() -> run(task));
        } catch (Throwable e) { // rejected, or no thread can be made
            synchronized (waiting) {
                running--;
            }
            throw e;
        }
    }

    private void run(Runnable first) {
        Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } finally {
                task = passOn();
            }
        }
    }

    /** Gives the next task to the threads, behind the tasks of other lanes. Returns the task if they take no more. */
    private Runnable passOn() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                running--;
                return null;
            }
        }
        try {
            threads.execute(() -> run(next));
            return null;
        } catch (RejectedExecutionException e) {
            return next; // the threads are about to stop: tasks already taken are still done
        }
    }
}
