package io.fairlead.kit.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    @Test
    void named_runsTheWorkOnADaemonThreadOfThatName_onceStarted() throws InterruptedException {
        AtomicReference<Thread> runner = new AtomicReference<>();
        Thread thread = DaemonThreads.named("worker", () -> runner.set(Thread.currentThread()));
        assertEquals(Thread.State.NEW, thread.getState());
        thread.start();
        thread.join();

        assertEquals(thread, runner.get());
        assertEquals("worker", thread.getName());
        assertTrue(thread.isDaemon());
    }

    @Test
    void numbered_countsItsOwnThreadsOnly() {
        ThreadFactory one = DaemonThreads.numbered("a");
        ThreadFactory other = DaemonThreads.numbered("b");

        assertEquals("a-1", one.newThread(() -> {}).getName());
        assertEquals("b-1", other.newThread(() -> {}).getName());
        assertEquals("a-2", one.newThread(() -> {}).getName());
        assertTrue(one.newThread(() -> {}).isDaemon());
    }
}
