package io.fairlead.kit.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An occurrence with its place in the order of all.
 *
 * @param number 1 for the first event of a bus, one more for each further one. A daemon that starts counts from 1 again
 * @param at when it was published. Follows the host's clock, which may be set back: only the numbers are in order
 */
public record Event(long number, Instant at, Occurrence what) {
    public Event {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
    }
}
