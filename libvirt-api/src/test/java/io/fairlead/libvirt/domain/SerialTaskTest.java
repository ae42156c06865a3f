package io.fairlead.libvirt.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SerialTaskTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** What was there before a call is seen by a run that begins after it. */
    @Test
    void wake_fromManyThreads_neverRunsTwiceAtOnceAndForgetsNoCall() throws Exception {
        AtomicInteger given = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SerialTask task = new SerialTask(threads, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            taken.set(given.get());
            inside.decrementAndGet();
        });
        Thread[] callers = new Thread[4];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
                for (int n = 0; n < 20_000; n++) {
                    given.incrementAndGet();
                    task.wake();
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        CountDownLatch over = new CountDownLatch(1);
        task.finish(over::countDown);
        over.await();
        assertEquals(given.get(), taken.get());
        assertEquals(1, most.get());
    }

    @Test
    void finish_whenARunIsUnderWay_waitsForItWithoutAThread() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        SerialTask task = new SerialTask(threads, () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        task.wake();
        task.finish(over::countDown);
        assertTrue(!over.await(50, TimeUnit.MILLISECONDS), "it has finished while a run was under way");
        go.countDown();
        over.await();
    }
}
