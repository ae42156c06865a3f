package io.fairlead.kit.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBusTest {
    private record Thing(int id) implements Occurrence {}

    /** Stands still until it is set. */
    private static final class TestClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final TestClock clock = new TestClock();
    private final EventBus bus = new EventBus(clock);
    private final List<Long> got = new ArrayList<>(); // written by the bus's thread, read once that has ended

    @AfterEach
    void close() {
        bus.close();
    }

    private void note(Event event) {
        got.add(event.number());
    }

    private void publish(int count) {
        IntStream.rangeClosed(1, count).forEach(id -> bus.publish(new Thing(id)));
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::number).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void publish_givesNumberAndTime() {
        Instant first = clock.instant();
        assertEquals(new Event(1, first, new Thing(7)), bus.publish(new Thing(7)));
        clock.move(Duration.ofSeconds(3));
        assertEquals(new Event(2, first.plusSeconds(3), new Thing(8)), bus.publish(new Thing(8)));
    }

    @Test
    void publish_whenManyAreWaiting_deliversInOrder() {
        bus.subscribe(this::note);
        publish(10_000);
        bus.close();
        assertEquals(range(1, 10_000), got);
    }

    @Test
    void subscribe_whenEventsWait_getsOnlyLaterOnes() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bus.subscribe(event -> {
            busy.countDown();
            awaitQuietly(release);
        });
        publish(1);
        busy.await();
        publish(1);
        bus.subscribe(this::note);
        publish(1);
        release.countDown();
        bus.close();
        assertEquals(List.of(3L), got);
    }

    @Test
    void deliver_whenASubscriberThrows_servesTheOthers() {
        bus.subscribe(event -> {
            throw new IllegalStateException("on purpose");
        });
        bus.subscribe(this::note);
        publish(2);
        bus.close();
        assertEquals(List.of(1L, 2L), got);
    }

    @Test
    void close_whenTheSubscriptionIsClosed_deliversNoMore() {
        bus.subscribe(this::note).close();
        publish(1);
        bus.close();
        publish(1);
        assertEquals(List.of(), got);
        assertEquals(List.of(1L, 2L), numbers(bus.after(0)));
    }

    @Test
    void publish_whenNobodyListens_isOnlyKept_andElseIsForAll() {
        AtomicBoolean listening = new AtomicBoolean();
        bus.subscribe(this::note, listening::get);
        publish(1);
        listening.set(true);
        publish(1);
        bus.close();
        assertEquals(List.of(2L), got);
        assertEquals(List.of(1L, 2L), numbers(bus.after(0)));
    }

    @Test
    void after_givesWhatIsKeptWithAHigherNumber() {
        assertEquals(List.of(), bus.after(0));
        publish(EventBus.HISTORY);
        assertEquals(range(1, EventBus.HISTORY), numbers(bus.after(0)));
        publish(10);
        assertEquals(range(11, EventBus.HISTORY + 10), numbers(bus.after(0)));
        assertEquals(range(11, EventBus.HISTORY + 10), numbers(bus.after(Long.MIN_VALUE)));
        assertEquals(List.of(EventBus.HISTORY + 10L), numbers(bus.after(EventBus.HISTORY + 9)));
        assertEquals(List.of(), bus.after(EventBus.HISTORY + 10));
        assertEquals(List.of(), bus.after(Long.MAX_VALUE));
    }

    @Test
    void since_whenTheClockWasSetBack_stillGoesByNumbers() {
        Instant start = clock.instant();
        publish(1);
        clock.move(Duration.ofSeconds(10));
        publish(1);
        clock.move(Duration.ofSeconds(-5));
        publish(1);
        assertEquals(List.of(1L, 2L, 3L), numbers(bus.since(start)));
        assertEquals(List.of(2L, 3L), numbers(bus.since(start.plusSeconds(5))));
        assertEquals(List.of(2L), numbers(bus.since(start.plusSeconds(6))));
        assertEquals(List.of(), bus.since(start.plusSeconds(11)));
    }

    @Test
    void subscribeAfter_getsTheKeptEventsFirst() {
        publish(5);
        bus.subscribeAfter(2, this::note);
        publish(2);
        bus.close();
        assertEquals(range(3, 7), got);
    }

    @Test
    void subscribeSince_getsTheKeptEventsOfThatTimeFirst() {
        publish(2);
        clock.move(Duration.ofSeconds(1));
        publish(2);
        bus.subscribeSince(clock.instant(), this::note);
        publish(1);
        bus.close();
        assertEquals(range(3, 5), got);
    }

    @Test
    void subscribeAfter_whenClosedBeforeTheHistoryWasDelivered_getsNoMore() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bus.subscribe(event -> {
            busy.countDown();
            awaitQuietly(release);
        });
        publish(3);
        busy.await();
        bus.subscribeAfter(0, this::note).close();
        release.countDown();
        bus.close();
        assertEquals(List.of(), got);
    }

    /** Publishers that never pause: each subscriber begins somewhere, and sees no gap and nothing twice. */
    @Test
    void subscribeAfter_whileOthersPublish_hasNoGapAndNoDouble() throws InterruptedException {
        List<Thread> publishers = IntStream.range(0, 3)
                .mapToObj(i -> new Thread(() -> publish(5_000)))
                .toList();
        List<List<Long>> seen = new ArrayList<>();
        publishers.forEach(Thread::start);
        for (int i = 0; i < 50; i++) {
            List<Long> numbers = new ArrayList<>();
            seen.add(numbers);
            bus.subscribeAfter(0, event -> numbers.add(event.number()));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        bus.close();

        for (List<Long> numbers : seen) {
            long first = numbers.isEmpty() ? 15_001 : numbers.get(0);
            assertEquals(range(first, 15_000), numbers);
            assertTrue(numbers.size() >= EventBus.HISTORY, () -> "only " + numbers.size());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
