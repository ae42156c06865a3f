package io.fairlead.core.event;

import static java.util.Objects.requireNonNull;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.kit.event.Occurrence;
import io.fairlead.xml.domain.MetadataKind;
import java.util.Optional;
import java.util.UUID;

/** Something that happened to a domain. Name and id are those of that moment. */
public sealed interface DomainEvent extends Occurrence {
    UUID uuid();

    String name();

    /** The domain's id, or -1 if it was off by then. */
    int id();

    /**
     * It began, ended, or changed its definition.
     *
     * @param exit how its guest ended; empty if none ended, or if that could not be learned
     */
    record Lifecycle(UUID uuid, String name, int id, LifecycleChange change, Optional<GuestExit> exit)
            implements DomainEvent {
        public Lifecycle {
            requireNonNull(uuid, "uuid");
            requireNonNull(name, "name");
            requireNonNull(change, "change");
            requireNonNull(exit, "exit");
        }
    }

    /**
     * It runs again; its id has changed.
     *
     * @param exit how the guest before ended
     */
    record Reboot(UUID uuid, String name, int id, Optional<GuestExit> exit) implements DomainEvent {
        public Reboot {
            requireNonNull(uuid, "uuid");
            requireNonNull(name, "name");
            requireNonNull(exit, "exit");
        }
    }

    /**
     * Title, description or a client's own element changed.
     *
     * @param uri the element's namespace; empty for title and description
     */
    record MetadataChange(UUID uuid, String name, int id, MetadataKind kind, Optional<String> uri)
            implements DomainEvent {
        public MetadataChange {
            requireNonNull(uuid, "uuid");
            requireNonNull(name, "name");
            requireNonNull(kind, "kind");
            requireNonNull(uri, "uri");
        }
    }

    /** The daemon can no longer control a running domain. */
    record ControlError(UUID uuid, String name, int id) implements DomainEvent {
        public ControlError {
            requireNonNull(uuid, "uuid");
            requireNonNull(name, "name");
        }
    }
}
