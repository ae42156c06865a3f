package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class VolumeJobsTest {
    private final VolumeJobs jobs = new VolumeJobs("p1");

    @Test
    void change_whenAnotherVolumeIsChanged_doesNotWait() {
        VolumeJobs.Hold first = jobs.change("a");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> jobs.change("b").close());
        first.close();
    }

    @Test
    void copies_whenOfOneOrigin_runSideBySide() {
        VolumeJobs.Hold first = jobs.copy("base", "a");
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> jobs.copy("base", "b").close());
        first.close();
    }

    @Test
    void change_whenTheVolumeIsBeingCopied_waitsForIt() throws InterruptedException {
        waits(jobs.copy("base", "a"), () -> jobs.change("base"));
    }

    @Test
    void copy_whenTheOriginIsBeingDeleted_waitsForThat() throws InterruptedException {
        waits(jobs.change("base"), () -> jobs.copy("base", "a"));
    }

    @Test
    void all_whenAVolumeIsChanged_waitsForIt() throws InterruptedException {
        waits(jobs.change("a"), jobs::all);
    }

    @Test
    void change_whenThePoolIsHad_waitsForIt() throws InterruptedException {
        waits(jobs.all(), () -> jobs.change("a"));
    }

    @Test
    void stream_thatIsSilent_givesWayToAChange_andOneThatIsNotDoesNot() {
        VolumeJobs.StreamHold busy = jobs.streamInto("a");
        assertThrows(EngineException.class, () -> jobs.change("a"));
        assertThrows(EngineException.class, () -> jobs.read("a"));
        busy.close();

        VolumeJobs.StreamHold forgotten = jobs.streamInto("a");
        AtomicInteger asked = new AtomicInteger();
        long start = System.nanoTime();
        forgotten.givesWay(() -> System.nanoTime() - start + 2_800_000_000L, () -> {
            asked.incrementAndGet();
            new Thread(forgotten::close).start();
        });
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> jobs.change("a").close());
        assertEquals(1, asked.get());
    }

    @Test
    void stream_thatSpeaksAgainWhileSomebodyWaits_goesOn() {
        VolumeJobs.StreamHold slow = jobs.streamInto("a");
        long start = System.nanoTime();
        long spokeAgain = start + 200_000_000L;
        slow.givesWay(() -> System.nanoTime() - (System.nanoTime() < spokeAgain ? start : spokeAgain), () -> {
            throw new AssertionError("given up");
        });
        assertThrows(EngineException.class, () -> jobs.change("a"));
        slow.close();
    }

    private static void waits(VolumeJobs.Hold held, Supplier<VolumeJobs.Hold> second) throws InterruptedException {
        CountDownLatch got = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            second.get().close();
            got.countDown();
        });
        thread.start();
        assertFalse(got.await(100, TimeUnit.MILLISECONDS));
        held.close();
        assertTrue(got.await(5, TimeUnit.SECONDS));
        thread.join();
    }
}
