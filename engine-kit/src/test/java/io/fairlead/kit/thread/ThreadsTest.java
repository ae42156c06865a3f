package io.fairlead.kit.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final int ITEMS = 500;

    private final Threads threads = new Threads();
    private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void forEach_whenThereAreHundreds_usesAFewThreads() {
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        Set<String> used = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();

        threads.forEach(items, item -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            used.add(Thread.currentThread().getName());
            done.add(item);
            now.decrementAndGet();
        });

        assertEquals(ITEMS, done.size());
        assertTrue(used.size() <= Threads.AT_ONCE, () -> "%d threads".formatted(used.size()));
        assertTrue(most.get() <= Threads.AT_ONCE, () -> "%d at once".formatted(most.get()));
    }

    @Test
    void forEach_whenOneFails_doesTheOthersAndTells() {
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> threads.forEach(items, item -> {
                    if (item == 1) {
                        throw new IllegalArgumentException("item 1");
                    }
                    done.add(item);
                }));

        assertEquals("item 1", failure.getCause().getMessage());
        assertEquals(ITEMS - 1, done.size());
    }

    @Test
    void forEach_whenThereAreNone_doesNothing() {
        threads.forEach(List.<Integer>of(), item -> {
            throw new IllegalStateException();
        });
    }

    @Test
    void tasks_onceItIsClosed_areLeftToTheNextDaemonWithoutAnError() {
        AtomicInteger begun = new AtomicInteger();
        Thread closing = new Thread(threads::close); // waits a second for what has begun
        threads.forEach(items, item -> {
            if (begun.incrementAndGet() == 1) {
                closing.start();
            }
            join(closing, 300);
        });
        assertTrue(begun.get() <= Threads.AT_ONCE, () -> "%d begun".formatted(begun.get()));
        int before = begun.get();
        threads.forEach(items, item -> begun.incrementAndGet());
        threads.run(begun::incrementAndGet);
        assertEquals(before, begun.get());
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
