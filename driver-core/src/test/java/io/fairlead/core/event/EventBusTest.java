package io.fairlead.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventBusTest {
    private final EventBus bus = new EventBus();

    @Test
    void publish_whenManyAreWaiting_deliversInOrder() {
        List<Integer> ids = new ArrayList<>();
        bus.subscribe(event -> ids.add(event.id()));
        IntStream.range(0, 10_000).forEach(id -> bus.publish(event(id)));
        bus.close();
        assertEquals(IntStream.range(0, 10_000).boxed().toList(), ids);
    }

    @Test
    void subscribe_whenEventsWait_getsOnlyLaterOnes() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bus.subscribe(event -> {
            busy.countDown();
            awaitQuietly(release);
        });
        bus.publish(event(1));
        busy.await();
        bus.publish(event(2));
        List<Integer> ids = new ArrayList<>();
        bus.subscribe(event -> ids.add(event.id()));
        bus.publish(event(3));
        release.countDown();
        bus.close();
        assertEquals(List.of(3), ids);
    }

    @Test
    void deliver_whenASubscriberThrows_servesTheOthers() {
        List<Integer> ids = new ArrayList<>();
        bus.subscribe(event -> {
            throw new IllegalStateException("on purpose");
        });
        bus.subscribe(event -> ids.add(event.id()));
        bus.publish(event(1));
        bus.publish(event(2));
        bus.close();
        assertEquals(List.of(1, 2), ids);
    }

    @Test
    void close_whenTheSubscriptionIsClosed_deliversNoMore() {
        List<Integer> ids = new ArrayList<>();
        bus.subscribe(event -> ids.add(event.id())).close();
        bus.publish(event(1));
        bus.close();
        bus.publish(event(2));
        assertEquals(List.of(), ids);
    }

    @Test
    void publish_whenNobodyListens_isLeftOut_andElseIsForAll() {
        AtomicBoolean listening = new AtomicBoolean();
        List<Integer> ids = new ArrayList<>();
        bus.subscribe(event -> ids.add(event.id()), listening::get);
        bus.publish(event(1));
        listening.set(true);
        bus.publish(event(2));
        bus.close();
        assertEquals(List.of(2), ids);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event event(int id) {
        return LifecycleChange.STARTED_BOOTED.of(new UUID(0, id), "c" + id, id);
    }
}
