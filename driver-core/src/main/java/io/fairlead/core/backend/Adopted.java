package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The state in which a back end found an earlier daemon's guest. */
public sealed interface Adopted {
    UUID uuid();

    /** It runs. {@code exit} completes on a thread of the back end when it ends. */
    record Running(UUID uuid, Guest guest, boolean autodestroy, CompletionStage<GuestExit> exit) implements Adopted {}

    /** It ended while no daemon ran. */
    record Ended(UUID uuid, DomainDocument definition, GuestExit exit) implements Adopted {}

    /**
     * Its launch had not finished; its remains are removed. {@code definition} is null if the definition was not on
     * disk yet.
     */
    record Removed(UUID uuid, DomainDocument definition, String what) implements Adopted {}

    /** Whether it runs could not be found out, for instance because its files cannot be read. Nothing was changed. */
    record Unclear(UUID uuid, Exception why) implements Adopted {}
}
