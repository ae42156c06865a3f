package io.fairlead.core.domain;

import io.fairlead.xml.domain.DomainDocument;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One consistent look at a domain. Immutable, so that a read never waits for a change.
 *
 * @param id the host's pid of init, or -1 while off
 * @param config the persistent definition, or null for a transient domain
 * @param live the running definition, or null while off
 * @param bootedAt when the guest was launched, or null while off
 * @param messages what an administrator should know, such as how init last ended
 */
public record DomainStatus(
        UUID uuid,
        String name,
        int id,
        DomainState state,
        boolean autostart,
        boolean updated,
        DomainDocument config,
        DomainDocument live,
        Instant bootedAt,
        List<String> messages) {

    public boolean active() {
        return live != null;
    }

    public boolean persistent() {
        return config != null;
    }

    /** The definition that describes the domain now: the running one, else the persistent one. */
    public DomainDocument current() {
        return live != null ? live : config;
    }
}
