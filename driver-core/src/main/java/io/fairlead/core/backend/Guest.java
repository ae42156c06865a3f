package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.List;
import java.util.OptionalLong;

/**
 * Controls one launched guest. Once the guest has ended, operations throw OPERATION_INVALID with the message for a
 * domain that is off; methods that return figures still work.
 */
public interface Guest {
    /** The host's pid of init; the domain id that clients see. Never blocks. */
    int id();

    /** The definition as launched, with later live changes. Never blocks. */
    DomainDocument definition();

    /** Facts that only a running guest has. Never blocks. */
    LiveFacts liveFacts();

    /** Stores a changed live definition (metadata, name) for the next daemon. */
    void update(DomainDocument live);

    void suspend();

    void resume();

    boolean suspended();

    /**
     * Writes out file systems that the guest has mounted from devices of its own, and keeps them from changing until
     * the result is closed. The caller should suspend the guest's processes first; otherwise they hang as soon as they
     * write.
     *
     * @param targets where they are mounted in the guest; a file system that is no longer mounted there is skipped
     */
    FrozenFilesystems freezeFilesystems(List<String> targets);

    /**
     * Thaws file systems that an earlier daemon froze. Does nothing to those that are not frozen, or once the guest has
     * ended.
     */
    void thawFilesystems(List<String> targets);

    /** Kills every process, even if the guest is frozen, and returns once init is dead. */
    void kill();

    /** Asks init in the given way; the guest decides when to end. */
    void requestShutdown(ShutdownWay way);

    /** Asks init to reboot in the given way. */
    void requestReboot(ShutdownWay way);

    /** Sends a signal to a process of the guest. {@code pid} counts in the guest's pid namespace; 1 is init. */
    void signal(long pid, int signal);

    /** The streams of init. Readers of recorded output can be opened even when the guest has ended. Never blocks. */
    Io io();

    /** Its processes, and starting one from outside. Never blocks. */
    Processes processes();

    /**
     * Opens the console: a view of {@link #io} for clients that know consoles only.
     *
     * @param device null or the alias of a console of the definition
     */
    ConsoleSession openConsole(String device, ConsoleMode mode);

    /** Fresh descriptors of init's namespaces in the order user, ipc, uts, net, pid, mnt; the caller closes them. */
    List<Integer> openNamespaces();

    /**
     * CPU time of all processes so far, in nanoseconds; for an ended guest, the last known figure. Reads the kernel,
     * not a disk.
     */
    OptionalLong cpuTimeNanos();

    /** Resident and cached memory charged to the guest, in bytes; for an ended guest, the last known figure. */
    OptionalLong memoryBytes();

    /** The file systems of the definition that are mounted in the guest. */
    List<MountedFilesystem> filesystems();
}
