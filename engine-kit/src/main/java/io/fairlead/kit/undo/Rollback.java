package io.fairlead.kit.undo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Undoes the steps of an action, the last one first, unless {@link #commit} was called. */
public final class Rollback implements AutoCloseable {
    /** The undo of one step. */
    @FunctionalInterface
    public interface Undo {
        void run() throws Exception;
    }

    private record Step(String what, Undo undo) {}

    private static final Logger log = LoggerFactory.getLogger(Rollback.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** @param what the undo as a phrase, for the log: {@code "remove the folder"} */
    public void onFailure(String what, Undo undo) {
        steps.push(new Step(what, undo));
    }

    public void commit() {
        steps.clear();
    }

    @Override
    public void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.undo().run();
            } catch (Exception e) {
                // The other steps must still be undone. What is left is found at the next start.
                log.error("cannot {} after a failed launch", step.what(), e);
            }
        }
    }
}
