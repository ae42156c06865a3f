package io.fairlead.backend.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Undoes the steps of an action, the last one first, unless {@link #commit} was called. */
final class Rollback implements AutoCloseable {
    /** The undo of one step. */
    @FunctionalInterface
    interface Undo {
        void run() throws Exception;
    }

    private record Step(String what, Undo undo) {}

    private static final Logger log = LoggerFactory.getLogger(Rollback.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** @param what the undo as a phrase, for the log: {@code "remove the folder"} */
    void onFailure(String what, Undo undo) {
        steps.push(new Step(what, undo));
    }

    void commit() {
        steps.clear();
    }

    @Override
    public void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.undo().run();
            } catch (Exception e) {
                // The other steps must still be undone. The next adoption finds the rest.
                log.error("cannot {} after a failed launch", step.what(), e);
            }
        }
    }
}
