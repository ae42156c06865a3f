package io.fairlead.core.backend;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A process that was started in a running guest from outside. */
public interface Exec {
    /** Names it among the processes of all guests, also after a restart of the daemon. */
    String id();

    List<String> command();

    /** The host's pid; 0 if the command could not be executed. After the end another process may have the number. */
    int pid();

    Instant started();

    /** Its streams. Recorded output can be read for as long as the guest keeps this process. */
    Io io();

    /** Completes when it has ended and its output is complete. Actions run on a thread of the back end. */
    CompletionStage<ExecExit> exit();

    /**
     * Sends a signal to this process alone.
     *
     * @param signal 0..64; 0 only asks whether it runs
     * @throws io.fairlead.kit.error.EngineException OPERATION_INVALID if it has ended, INVALID_ARG for another number
     */
    void signal(int signal);
}
