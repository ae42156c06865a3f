package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CloseActionsTest {
    private final List<String> ran = new ArrayList<>();

    @Test
    void run_whenTheConnectionHasClosed_runsEarlierAndLaterActionsOnceInOrder() {
        CloseActions actions = new CloseActions(Runnable::run);
        actions.add(() -> ran.add("first"));
        actions.add(() -> ran.add("second"));
        assertEquals(List.of(), ran);

        actions.run(() -> {});
        actions.add(() -> ran.add("late"));
        actions.run(() -> {});

        assertEquals(List.of("first", "second", "late"), ran);
    }

    @Test
    void run_whenTheWorkersHaveStopped_stillRunsTheActions() {
        CloseActions actions = new CloseActions(action -> {
            throw new RejectedExecutionException("stopped");
        });
        actions.add(() -> ran.add("autodestroy"));

        actions.run(() -> {});

        assertEquals(List.of("autodestroy"), ran);
    }
}
