package io.fairlead.xml.facts;

import static java.util.Objects.requireNonNull;

import jakarta.xml.bind.annotation.XmlEnum;
import jakarta.xml.bind.annotation.XmlEnumValue;

/**
 * Whether the container is started again after it has ended by itself.
 *
 * @param most after how many restarts in a row to give up; 0 for never. Above 0 for {@code ON_FAILURE} only
 */
public record RestartFact(Policy policy, int most) {
    @XmlEnum
    public enum Policy {
        @XmlEnumValue("no")
        NO,
        @XmlEnumValue("always")
        ALWAYS,
        /** As {@code ALWAYS}, but not after the daemon's start if a client had stopped it. */
        @XmlEnumValue("unless-stopped")
        UNLESS_STOPPED,
        /** After an exit status other than 0. */
        @XmlEnumValue("on-failure")
        ON_FAILURE
    }

    public RestartFact {
        requireNonNull(policy, "policy");
        FactChecks.inRange("restarts", most, 0, policy == Policy.ON_FAILURE ? Integer.MAX_VALUE : 0);
    }
}
