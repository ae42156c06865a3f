package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessWatcherTest {
    private final List<SpawnedProcess> started = new ArrayList<>();

    @AfterEach
    void killThoseLeft() throws Exception {
        for (SpawnedProcess process : started) {
            process.close();
        }
    }

    @Test
    void watch_whenTheProcessEnds_tellsOnce() throws Exception {
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            SpawnedProcess sleeper = sleeper();
            CountDownLatch told = new CountDownLatch(1);
            watcher.watch(ProcessId.of(sleeper.pid()), told::countDown);
            assertFalse(told.await(50, TimeUnit.MILLISECONDS));
            sleeper.kill();
            assertTrue(told.await(5, TimeUnit.SECONDS));
            assertEquals(0, watcher.size());
        }
    }

    @Test
    void watch_whenTheProcessIsNotOurChild_tellsToo() throws Exception {
        CommandResult shell = Command.of("sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!")
                .run()
                .orThrow();
        ProcessId orphan = ProcessId.of(Integer.parseInt(shell.output().trim()));
        try (ProcessWatcher watcher = new ProcessWatcher();
                Pidfd pidfd = Pidfd.open(orphan)) {
            CountDownLatch told = new CountDownLatch(1);
            watcher.watch(orphan, told::countDown);
            pidfd.signal(9);
            assertTrue(told.await(5, TimeUnit.SECONDS));
            assertFalse(orphan.isAlive());
        }
    }

    @Test
    void watch_whenTheProcessHasEndedBefore_tellsAtOnce() throws Exception {
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            SpawnedProcess sleeper = sleeper();
            ProcessId id = ProcessId.of(sleeper.pid());
            sleeper.kill();
            CountDownLatch told = new CountDownLatch(1);
            watcher.watch(id, told::countDown);
            assertTrue(told.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void watch_whenThePidBelongsToALaterProcess_tellsAtOnce() throws Exception {
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            ProcessId now = ProcessId.of(sleeper().pid());
            CountDownLatch told = new CountDownLatch(1);
            watcher.watch(new ProcessId(now.pid(), now.startTicks() - 1), told::countDown);
            assertTrue(told.await(5, TimeUnit.SECONDS));
            assertTrue(now.isAlive());
        }
    }

    @Test
    void cancel_whenTheProcessEndsLater_tellsNothing() throws Exception {
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            SpawnedProcess cancelled = sleeper();
            SpawnedProcess other = sleeper();
            AtomicInteger calls = new AtomicInteger();
            CountDownLatch otherEnded = new CountDownLatch(1);
            ProcessWatcher.Watch watch = watcher.watch(ProcessId.of(cancelled.pid()), calls::incrementAndGet);
            watcher.watch(ProcessId.of(other.pid()), otherEnded::countDown);
            assertTrue(watch.cancel());
            assertFalse(watch.cancel());
            cancelled.kill();
            other.kill();
            assertTrue(otherEnded.await(5, TimeUnit.SECONDS));
            assertEquals(0, calls.get());
        }
    }

    @Test
    void watch_whenACallbackThrows_goesOnTellingOthers() throws Exception {
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            SpawnedProcess first = sleeper();
            SpawnedProcess second = sleeper();
            CountDownLatch told = new CountDownLatch(1);
            watcher.watch(ProcessId.of(first.pid()), () -> {
                throw new IllegalStateException("thrown on purpose by a test");
            });
            watcher.watch(ProcessId.of(second.pid()), told::countDown);
            first.kill();
            second.kill();
            assertTrue(told.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void watch_whenHundredsEndAtOnce_tellsOfEachOnce() throws Exception {
        int count = 300;
        try (ProcessWatcher watcher = new ProcessWatcher()) {
            CountDownLatch told = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                watcher.watch(ProcessId.of(sleeper().pid()), told::countDown);
            }
            assertEquals(count, watcher.size());
            for (SpawnedProcess process : started) {
                process.kill();
            }
            assertTrue(told.await(10, TimeUnit.SECONDS));
        }
    }

    private SpawnedProcess sleeper() throws Exception {
        SpawnedProcess process = Spawn.of(List.of("sleep", "1000")).start();
        started.add(process);
        assertTrue(process.waitFor(Duration.ZERO).isEmpty());
        return process;
    }
}
