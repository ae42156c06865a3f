package io.fairlead.libvirt.domain;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.libvirt.number.DomainStateNumbers;

/**
 * The filter flags of a domain list (virConnectListAllDomainsFlags). Flags come in groups; a domain passes a group if
 * it fits one of the group's set flags, or if none is set.
 */
final class DomainFilter {
    static final int ALL = 0xffff;

    private final int flags;

    DomainFilter(int flags) {
        this.flags = flags;
    }

    boolean test(Domain domain) {
        return test(domain.status(), !domain.snapshots().isEmpty());
    }

    boolean test(DomainStatus domain, boolean hasSnapshot) {
        int state = DomainStateNumbers.state(domain.state());
        return either(0, domain.active())
                && either(2, domain.persistent())
                && state(state)
                && either(8, false) // has a managed save image
                && either(10, domain.autostart())
                && either(12, hasSnapshot)
                && either(14, false); // has a checkpoint
    }

    /** A group of two flags: the lower bit means yes, the next one no. */
    private boolean either(int bit, boolean yes) {
        int group = flags >> bit & 3;
        return group == 0 || (group & (yes ? 1 : 2)) != 0;
    }

    private boolean state(int state) {
        int group = flags & 0xf0;
        int own =
                switch (state) {
                    case DomainStateNumbers.RUNNING -> 1 << 4;
                    case DomainStateNumbers.PAUSED -> 1 << 5;
                    case DomainStateNumbers.SHUT_OFF -> 1 << 6;
                    default -> 1 << 7;
                };
        return group == 0 || (group & own) != 0;
    }
}
