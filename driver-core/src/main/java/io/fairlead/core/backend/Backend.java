package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.function.Consumer;

/** Launches guests, and finds the guests that an earlier daemon launched. */
public interface Backend {
    /**
     * Refuses a definition that this back end cannot start. Names the element. Changes nothing.
     *
     * @throws io.fairlead.kit.error.EngineException CONFIG_UNSUPPORTED, or XML_ERROR for values that make no sense
     */
    void check(DomainDocument definition);

    /**
     * Launches a guest and returns once init runs (or, if {@link LaunchRequest#paused}, once it is ready to). A launch
     * that fails leaves nothing behind. The intent is on disk before the first act: if the daemon is killed in between,
     * {@link #adopt} of the next one finds and removes the half-made guest.
     *
     * @param onExit called exactly once, on a thread of the back end, when the guest has ended for any reason
     * @throws io.fairlead.kit.error.EngineException with the obstacle, never with a bare time-out text
     */
    Guest launch(LaunchRequest request, Consumer<GuestExit> onExit);

    /**
     * Finds all guests of earlier daemons of this instance. Running guests are taken over, ended ones are reported with
     * their exit, half-made ones are removed. Works in parallel: calls {@code found} from its own threads, once per
     * guest, and returns when all are reported.
     */
    void adopt(Consumer<Adopted> found);

    /** Removes an ended guest's files below the run directory, after the engine has recorded its end. */
    void forget(java.util.UUID uuid);
}
