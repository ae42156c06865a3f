package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final int LIMIT_SECONDS = 20;

    private final ServerSettings settings = ServerSettings.defaults();
    private final Workers workers = new Workers(settings, ServerThreads.workers("rpc-reader"));

    @AfterEach
    void shutDown() throws InterruptedException {
        workers.shutDown();
    }

    @Test
    void execute_oneAfterAnother_staysWithOneThread() throws InterruptedException {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < settings.workers(); i++) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            workers.normal().execute(() -> thread.set(Thread.currentThread()));
            awaitIdle(thread);
            used.add(thread.get());
        }
        assertEquals(1, used.size(), used.toString());
    }

    /** It has run the task, and waits for another. */
    private static void awaitIdle(AtomicReference<Thread> thread) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (thread.get() == null || thread.get().getState() != Thread.State.TIMED_WAITING) {
            assertTrue(System.nanoTime() < end, "the worker did not come to rest");
            Thread.sleep(1);
        }
    }

    @Test
    void execute_moreAtOnceThanThreads_runsAsManyAndQueuesTheRest() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(settings.workers());
        CountDownLatch done = new CountDownLatch(2 * settings.workers());
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 2 * settings.workers(); i++) {
            workers.normal().execute(() -> {
                running.countDown();
                awaitQuietly(go);
                done.countDown();
            });
        }
        assertTrue(running.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(2 * settings.workers(), done.getCount());
        go.countDown();
        assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void execute_afterShutDown_isRejected() throws InterruptedException {
        workers.shutDown();
        assertThrows(RejectedExecutionException.class, () -> workers.normal().execute(() -> {}));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
