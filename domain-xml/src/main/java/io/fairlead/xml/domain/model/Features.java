package io.fairlead.xml.domain.model;

import java.util.Map;

/**
 * {@code <features>}.
 *
 * @param privateNetwork a network namespace of its own even without interfaces
 * @param capabilities the exceptions from the policy: true is state='on'
 */
public record Features(boolean privateNetwork, CapabilityPolicy policy, Map<Capability, Boolean> capabilities) {
    /** The treatment of a capability that is not listed. */
    public enum CapabilityPolicy {
        /** Kept, but for the few that would reach the host. */
        DEFAULT,
        ALLOW,
        DENY
    }

    public Features {
        capabilities = Map.copyOf(capabilities);
    }
}
