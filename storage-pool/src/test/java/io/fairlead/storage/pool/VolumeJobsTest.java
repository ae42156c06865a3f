package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
