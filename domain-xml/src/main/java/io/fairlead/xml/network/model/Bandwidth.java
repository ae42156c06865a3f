package io.fairlead.xml.network.model;

import java.util.Optional;
import java.util.OptionalLong;

/** {@code <bandwidth>}: limits seen from the guest; inbound is what it receives. */
public record Bandwidth(Optional<Rate> inbound, Optional<Rate> outbound) {

    /** Averages, peaks and guaranteed rates are in KiB a second, bursts in KiB. Each is above zero. */
    public record Rate(OptionalLong averageKib, OptionalLong peakKib, OptionalLong floorKib, OptionalLong burstKib) {}
}
