package io.fairlead.core.domain;

import io.fairlead.core.intent.Intent;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One consistent look at a domain. Immutable, so that a read never waits for a change.
 *
 * @param id the host's pid of init, or -1 while off or not launched yet
 * @param config the persistent definition, or null for a transient domain
 * @param live the running definition, or null while off
 * @param bootedAt when the guest was launched, or null while off or not launched yet
 * @param intent what was asked of the domain, and how its last guest ended
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
        Intent intent) {

    public static final int NO_ID = -1;

    /** A domain that is off and has no definition yet. */
    public static DomainStatus blank(UUID uuid, String name, DomainState state) {
        return new DomainStatus(uuid, name, NO_ID, state, false, false, null, null, null, Intent.NONE);
    }

    public boolean active() {
        return live != null;
    }

    public boolean persistent() {
        return config != null;
    }

    /** For an administrator, such as how init last ended. */
    public List<String> messages() {
        return intent.messages();
    }

    /** The domain's present definition: the running one, else the persistent one. */
    public DomainDocument current() {
        return live != null ? live : config;
    }

    /** With a new persistent definition; null makes it transient. */
    public DomainStatus withConfig(DomainDocument definition) {
        boolean differs = definition != null && active();
        return new DomainStatus(
                uuid, name, id, state, definition != null && autostart, differs, definition, live, bootedAt, intent);
    }

    public DomainStatus renamed(String newName, DomainDocument definition) {
        return new DomainStatus(uuid, newName, id, state, autostart, updated, definition, live, bootedAt, intent);
    }

    public DomainStatus withAutostart(boolean on) {
        return new DomainStatus(uuid, name, id, state, on, updated, config, live, bootedAt, intent);
    }

    public DomainStatus withLive(DomainDocument definition) {
        return new DomainStatus(uuid, name, id, state, autostart, updated, config, definition, bootedAt, intent);
    }

    public DomainStatus withIntent(Intent next) {
        return new DomainStatus(uuid, name, id, state, autostart, updated, config, live, bootedAt, next);
    }

    /** Suspended or resumed: nothing else changes. */
    public DomainStatus withState(DomainState next) {
        return new DomainStatus(uuid, name, id, next, autostart, updated, config, live, bootedAt, intent);
    }

    /** Being launched with {@code definition}. Between two lives the domain keeps its id. */
    public DomainStatus starting(DomainDocument definition) {
        boolean differs = active() && updated;
        return new DomainStatus(
                uuid, name, id, state.starting(), autostart, differs, config, definition, bootedAt, intent);
    }

    public DomainStatus running(DomainState next, int newId, DomainDocument definition, Instant at) {
        return new DomainStatus(uuid, name, newId, next, autostart, updated, config, definition, at, intent);
    }

    public DomainStatus off(DomainState next) {
        return new DomainStatus(uuid, name, NO_ID, next, autostart, false, config, null, null, intent);
    }
}
