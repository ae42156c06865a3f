package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private boolean stopped;
    private final Lane lane = new Lane(
            task -> {
                if (stopped) {
                    throw new RejectedExecutionException("stopped");
                }
                threads.add(task);
            },
            2);

    @Test
    void tasks_runSoManyAtOnce_inOrder_behindWhatOthersGaveMeanwhile() {
        for (String name : List.of("a", "b", "c", "d")) {
            lane.execute(() -> ran.add(name));
        }
        assertEquals(2, threads.size());
        threads.add(() -> ran.add("another's"));
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        assertEquals(List.of("a", "b", "another's", "c", "d"), ran);
    }

    @Test
    void task_thatThrows_makesRoomForTheNext() {
        for (int i = 0; i < 3; i++) {
            lane.execute(() -> {
                throw new IllegalStateException("as it should");
            });
        }
        lane.execute(() -> ran.add("last"));
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalStateException.class, () -> threads.remove().run());
        }
        threads.remove().run();
        assertEquals(List.of("last"), ran);
    }

    @Test
    void stoppedThreads_refuseNewTasks_butFinishWhatWasTaken() {
        for (String name : List.of("a", "b", "c")) {
            lane.execute(() -> ran.add(name));
        }
        stopped = true;
        threads.remove().run();
        assertEquals(List.of("a", "c"), ran);
        assertThrows(RejectedExecutionException.class, () -> lane.execute(() -> ran.add("late")));
    }
}
