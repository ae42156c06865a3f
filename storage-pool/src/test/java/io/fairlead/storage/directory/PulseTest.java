package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.storage.driver.PoolUsage;
import io.fairlead.storage.driver.StorageErrors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PoolUsage USAGE = new PoolUsage(3, 1, 2);

    private final AtomicInteger asked = new AtomicInteger();

    private PoolUsage ask() {
        asked.incrementAndGet();
        return USAGE;
    }

    @Test
    void answer_isAskedForAnewUnlessAnOlderOneWillDo() {
        Pulse pulse = new Pulse(this::ask, LONG);
        assertEquals(Optional.of(USAGE), pulse.answer());
        assertEquals(Optional.of(USAGE), pulse.answer());
        assertEquals(2, asked.get());
        assertEquals(Optional.of(USAGE), pulse.answer(LONG));
        assertEquals(2, asked.get());
    }

    @Test
    void answer_thatDoesNotCome_isAwaitedOnceAndByNobodyElse() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        Pulse pulse = new Pulse(
                () -> {
                    await(gate);
                    return ask();
                },
                Duration.ofMillis(50));
        for (int i = 0; i < 100; i++) {
            assertEquals(Optional.empty(), pulse.answer());
        }
        gate.countDown();
        while (pulse.answer(LONG).isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(1, asked.get());
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusal_isPassedOnAndNotKept() {
        Pulse pulse = new Pulse(
                () -> {
                    if (asked.getAndIncrement() == 0) {
                        throw StorageErrors.of(ErrorCode.SYSTEM_ERROR, "stale");
                    }
                    return USAGE;
                },
                LONG);
        assertThrows(EngineException.class, pulse::answer);
        assertEquals(Optional.of(USAGE), pulse.answer(LONG));
    }
}
