package io.fairlead.xml.domain.model;

import java.util.List;
import java.util.Optional;

/** {@code <clock>}; the offset is libvirt's word: utc, localtime, timezone, variable, absolute. */
public record Clock(String offset, List<Timer> timers) {
    /** One {@code <timer>}; {@code present} is empty when the definition does not say. */
    public record Timer(String name, Optional<Boolean> present) {}

    public Clock {
        timers = List.copyOf(timers);
    }
}
