package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Launches guests, in three steps: plan, prepare, start. Finds the guests that an earlier daemon launched.
 */
public interface Backend {
    /**
     * Reads a definition, and refuses one that this back end cannot start. Names the element. Changes nothing.
     *
     * @throws io.fairlead.kit.error.EngineException CONFIG_UNSUPPORTED, or XML_ERROR for values that make no sense
     */
    LaunchPlan plan(DomainDocument definition);

    /**
     * Makes a guest, up to its first instruction. If this fails, it leaves nothing behind. The intent is on disk before
     * the first act: if the daemon is killed in between, {@link #adopt} of the next one finds and removes the half-made
     * guest.
     *
     * @param plan of this back end
     * @param onExit called exactly once after a start, on a thread of the back end, when the guest has ended for any
     *     reason; never if it was not started
     * @throws io.fairlead.kit.error.EngineException with the obstacle, never with a bare time-out text
     */
    Prepared prepare(LaunchPlan plan, LaunchRequest request, Consumer<GuestExit> onExit);

    /**
     * Finds all guests of earlier daemons of this instance. Running guests are taken over, ended ones are reported with
     * their exit, half-made ones are removed. Works in parallel: calls {@code found} from its own threads, once per
     * guest, and returns when all are reported.
     *
     * @param definitions the definition to go on with if a running guest's own copy is damaged; empty if none is known
     */
    void adopt(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found);

    /** Removes an ended guest's files below the run directory, after the engine has recorded what comes next. */
    void forget(UUID uuid);

    /**
     * Reads the recorded output of a guest's present or last run; of the guests that do not run, the output of the
     * latest is kept. A guest without any has empty output.
     *
     * @param follow as in {@link Io#log}
     */
    OutputReader log(UUID uuid, LogRange range, boolean follow);
}
