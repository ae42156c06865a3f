package io.fairlead.core.event;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Something that happened to a domain. Name and id are those of that moment. */
public sealed interface Event {
    UUID uuid();

    String name();

    /** The domain's id, or -1 if it was off by then. */
    int id();

    /**
     * It began, ended, or changed its definition.
     *
     * @param event virDomainEventType
     * @param detail the number that goes with that type (virDomainEventStartedDetailType and others)
     */
    record Lifecycle(UUID uuid, String name, int id, int event, int detail) implements Event {
        public Lifecycle {
            requireNonNull(uuid, "uuid");
            requireNonNull(name, "name");
        }
    }

    /** It rebooted; its id may have changed. */
    record Reboot(UUID uuid, String name, int id) implements Event {}

    /**
     * Title, description or a client's own element changed.
     *
     * @param type virDomainMetadataType
     * @param nsuri the element's namespace; null unless {@code type} is element
     */
    record MetadataChange(UUID uuid, String name, int id, int type, String nsuri) implements Event {}

    /** The daemon can no longer control a running domain. */
    record ControlError(UUID uuid, String name, int id) implements Event {}
}
