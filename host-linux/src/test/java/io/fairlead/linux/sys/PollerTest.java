package io.fairlead.linux.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PollerTest {
    @Test
    void watch_whenThereAreBytes_tellsUntilTheyAreRead() throws Exception {
        try (Poller poller = new Poller("poller");
                Pipe pipe = Pipe.open()) {
            Semaphore told = new Semaphore(0);
            byte[] one = new byte[1];
            Poller.Watch watch = poller.watch(pipe.reader().number(), () -> {
                try {
                    pipe.reader().read(one);
                } catch (ErrnoException e) {
                    throw new IllegalStateException(e);
                }
                told.release();
            });
            pipe.writer().write(new byte[] {1, 2});
            assertFalse(told.tryAcquire(50, TimeUnit.MILLISECONDS), "it is not listened to yet");
            watch.listen(true);
            told.acquire(2);
            assertEquals(2, one[0]);
            watch.cancel();
        }
    }

    @Test
    void watch_whenNotListenedTo_isQuietEvenAtTheEnd() throws Exception {
        try (Poller poller = new Poller("poller");
                Pipe pipe = Pipe.open()) {
            Semaphore told = new Semaphore(0);
            Poller.Watch watch = poller.watch(pipe.reader().number(), told::release);
            watch.listen(true);
            pipe.writer().close();
            told.acquire();
            watch.listen(false);
            Thread.sleep(20);
            told.drainPermits();
            assertFalse(told.tryAcquire(50, TimeUnit.MILLISECONDS));
            watch.listen(true);
            told.acquire();
            watch.cancel();
            watch.listen(true); // nothing happens any more
        }
    }

    @Test
    void schedule_whenSeveralAreDue_runsThemInTheirOrder() throws Exception {
        try (Poller poller = new Poller("poller")) {
            List<Integer> order = new CopyOnWriteArrayList<>();
            CountDownLatch all = new CountDownLatch(3);
            for (int delay : new int[] {60, 20, 40}) {
                poller.schedule(Duration.ofMillis(delay), () -> {
                    order.add(delay);
                    all.countDown();
                });
            }
            all.await();
            assertEquals(List.of(20, 40, 60), order);
        }
    }

    @Test
    void run_whenAnActionFails_goesOnWithTheOthers() throws Exception {
        try (Poller poller = new Poller("poller")) {
            CountDownLatch second = new CountDownLatch(1);
            poller.schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("thrown on purpose by a test");
            });
            poller.schedule(Duration.ofMillis(1), second::countDown);
            second.await();
        }
    }

    @Test
    void close_howeverSoonItComes_endsTheThread() throws Exception {
        for (int i = 0; i < 500; i++) {
            Poller poller = new Poller("poller");
            poller.schedule(Duration.ofDays(1), () -> {});
            poller.close();
            poller.schedule(Duration.ZERO, () -> assertTrue(false, "it runs after the end"));
            poller.close();
        }
    }
}
