package io.fairlead.kit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobSlotTest {
    private final JobSlot slot = new JobSlot(Duration.ofMillis(100));

    @Test
    void begin_whenAnotherJobStays_timesOutNamingIt() {
        slot.begin("start");
        EngineException refusal = assertThrows(EngineException.class, () -> slot.begin("suspend"));
        assertEquals(ErrorCode.OPERATION_TIMEOUT, refusal.code());
        assertEquals("cannot acquire state change lock (held by start)", refusal.getMessage());
    }

    @Test
    void begin_whenTheOtherJobEnds_goesOn() throws Exception {
        JobSlot patient = new JobSlot(Duration.ofSeconds(10));
        JobSlot.Job first = patient.begin("start");
        CompletableFuture<JobSlot.Job> second = CompletableFuture.supplyAsync(() -> patient.begin("suspend"));
        Thread.sleep(20);
        assertFalse(second.isDone());
        first.close();
        second.get(5, TimeUnit.SECONDS).close();
    }

    @Test
    void abandon_whenTheSubjectIsTheJobs_freesTheSlot() {
        Object guest = new Object();
        JobSlot.Job hung = slot.begin("shutdown", guest);
        slot.abandon(new Object());
        assertThrows(EngineException.class, () -> slot.begin("start"));
        slot.abandon(guest);
        JobSlot.Job next = slot.begin("start");
        hung.close(); // too late to have an effect
        assertThrows(EngineException.class, () -> slot.begin("suspend"));
        next.close();
    }

    @Test
    void begin_whenInterrupted_givesUpAndKeepsTheInterrupt() {
        slot.begin("start");
        Thread.currentThread().interrupt();
        EngineException refusal = assertThrows(EngineException.class, () -> slot.begin("suspend"));
        assertEquals(ErrorCode.OPERATION_FAILED, refusal.code());
        assertTrue(Thread.interrupted());
    }

    @Test
    void begin_whenManyWant_letsOneInAtATime() {
        JobSlot patient = new JobSlot(Duration.ofSeconds(30));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IntStream.range(0, 200).parallel().forEach(i -> {
            JobSlot.Job job = patient.begin("change " + i);
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            job.close();
        });
        assertEquals(1, most.get());
    }
}
