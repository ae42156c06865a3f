package io.fairlead.kit.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.thread.DaemonThreads;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StripedLocksTest {
    private static final int SECONDS = 20;

    private final StripedLocks locks = new StripedLocks();

    @Test
    void with_runsTheActUnderTheLock_soThatNoIncrementIsLost() throws InterruptedException {
        int[] count = {0};
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = DaemonThreads.named("adder", () -> {
                for (int n = 0; n < 10_000; n++) {
                    locks.with("a", () -> count[0]++);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(40_000, count[0]);
    }

    @Test
    void with_whenTheNameIsLocked_waitsUntilTheActIsOver() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        locks.with("a", () -> {
            DaemonThreads.named(
                            "second",
                            () -> locks.with("a", () -> {
                                second.countDown();
                                return null;
                            }))
                    .start();
            assertFalse(second.await(50, TimeUnit.MILLISECONDS));
            return null;
        });

        assertTrue(second.await(SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void with_theSameNameAgain_doesNotWait() {
        assertEquals("x", locks.with("a", () -> locks.with("a", () -> "x")));
        assertEquals("x", locks.with("a", "a", () -> "x"));
    }

    @Test
    void with_whenTheActFails_passesTheFailureOnAndFreesTheLock() throws InterruptedException {
        IOException failure = new IOException("no");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> locks.with("a", "b", () -> {
                            throw failure;
                        })));

        CountDownLatch free = new CountDownLatch(1);
        DaemonThreads.named(
                        "other",
                        () -> locks.with("a", "b", () -> {
                            free.countDown();
                            return null;
                        }))
                .start();
        assertTrue(free.await(SECONDS, TimeUnit.SECONDS));
    }

    /** Taken in the order of the arguments, some of so many attempts would wait for ever. */
    @Test
    void withTwoNames_inAnyOrder_neverWaitsForEver() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        DaemonThreads.named("ab", () -> repeat("a", "b", done)).start();
        DaemonThreads.named("ba", () -> repeat("b", "a", done)).start();

        assertTrue(done.await(SECONDS, TimeUnit.SECONDS));
    }

    private void repeat(String one, String other, CountDownLatch done) {
        for (int n = 0; n < 100_000; n++) {
            locks.with(one, other, () -> null);
        }
        done.countDown();
    }
}
