package io.fairlead.core.backend;

import java.util.List;
import java.util.Optional;

/**
 * The processes of one running guest: those that were started from outside, and all that there are. Once the guest has
 * ended, operations throw OPERATION_INVALID with the message for a domain that is off.
 */
public interface Processes {
    /** How many ended processes of a guest are kept, with their output; the oldest ones are forgotten first. */
    int ENDED_MAX = 16;

    /** How many processes that were started from outside may run at once in one guest. */
    int RUNNING_MAX = 1024;

    /**
     * Starts a process beside init, in the guest's namespaces and control group, under its system call filter. The
     * process outlives the daemon, and so do its output and its exit status: the next daemon finds them again. It ends
     * with the guest.
     *
     * <p>Output that nobody reads is recorded, but of much output only the end is kept.
     *
     * <p>A command that cannot be executed is no error of this method: its process has ended at once, with
     * {@link ExecExit#NOT_FOUND} or {@link ExecExit#NOT_EXECUTABLE} and the reason.
     *
     * @throws io.fairlead.kit.error.EngineException INVALID_ARG for a user or group that the guest does not have, or a
     *     capability that the daemon does not have; OPERATION_INVALID if the guest is suspended, is starting or has
     *     ended; RESOURCE_BUSY if too many such processes run
     */
    Exec exec(ExecSpec spec);

    /** A process, and a reader of all its output. */
    record Attached(Exec exec, OutputReader output) {}

    /**
     * As {@link #exec(ExecSpec)}, with a reader that is there before the first instruction: the process waits for it
     * from the beginning, and nothing is lost. The caller closes the reader.
     */
    Attached execAttached(ExecSpec spec);

    /** The processes that were started from outside, in order: those that run, and the latest ones that have ended. */
    List<Exec> execs();

    /** One of {@link #execs}. @param id as {@link Exec#id} gives it; any other text finds nothing */
    Optional<Exec> exec(String id);

    /** All processes of the guest, init first, then in the order of the host's pids. Reads the kernel. */
    List<GuestProcess> all();
}
