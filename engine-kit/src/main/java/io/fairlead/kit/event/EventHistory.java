package io.fairlead.kit.event;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The newest events of a bus. Not safe for threads: the bus guards it. */
final class EventHistory {
    private final Event[] ring; // event n is at n modulo the length
    private long last; // the number of the newest event; 0 for none

    /** @param length how many events are kept */
    EventHistory(int length) {
        ring = new Event[length];
    }

    /** @param event numbered one more than the one before */
    void add(Event event) {
        last = event.number();
        ring[slot(last)] = event;
    }

    long last() {
        return last;
    }

    /** Oldest first. */
    List<Event> all(Predicate<Event> wanted) {
        return LongStream.rangeClosed(Math.max(1, last - ring.length + 1), last)
                .mapToObj(number -> ring[slot(number)])
                .filter(wanted)
                .toList();
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }
}
