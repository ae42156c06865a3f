package io.fairlead.rpc.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Actions that run once, in order, after a connection has closed, whether they came before or after that. */
final class CloseActions {
    private static final Logger LOG = LoggerFactory.getLogger(CloseActions.class);

    private final Executor executor;
    private final Queue<Runnable> actions = new ArrayDeque<>();
    private boolean closed;
    private boolean running;

    CloseActions(Executor executor) {
        this.executor = executor;
    }

    synchronized void add(Runnable action) {
        actions.add(action);
        start();
    }

    /** @param done runs after the present actions; at once on this thread, if there are none */
    synchronized void run(Runnable done) {
        closed = true;
        if (actions.isEmpty() && !running) {
            done.run();
        } else {
            actions.add(done);
            start();
        }
    }

    private void start() {
        if (closed && !running && !actions.isEmpty()) {
            running = true;
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException e) {
                LOG.debug("the server's workers have stopped; an action after the close of a connection runs here", e);
                runAll();
            }
        }
    }

    private void runAll() {
        for (Runnable action = next(); action != null; action = next()) {
            try {
                action.run();
            } catch (Throwable e) { // the actions behind it must still run
                LOG.error("an action after the close of a connection failed", e);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable action = actions.poll();
        running = action != null;
        return action;
    }
}
