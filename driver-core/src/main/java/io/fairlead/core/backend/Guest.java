package io.fairlead.core.backend;

import io.fairlead.xml.domain.DomainDocument;
import java.util.List;
import java.util.OptionalLong;

/** A grip on one launched guest. Once it has ended, operations throw OPERATION_INVALID in the words for a domain
 * that is off; figures do not. */
public interface Guest {
    /** The host's pid of init; the domain id that clients see. Never blocks. */
    int id();

    /** The definition as launched, with later live changes. Never blocks. */
    DomainDocument definition();

    /** What only a running guest has. Never blocks. */
    LiveFacts liveFacts();

    /** Keeps a changed live definition (metadata, name) where the next daemon finds it. */
    void update(DomainDocument live);

    void suspend();

    void resume();

    boolean suspended();

    /**
     * Writes out file systems that the guest has from devices of its own, and keeps them from changing until the result is
     * closed. Its processes should be suspended: else they hang as soon as they write.
     *
     * @param targets where they are mounted in the guest; what is not mounted there any more is passed over
     */
    FrozenFilesystems freezeFilesystems(List<String> targets);

    /** Thaws what an earlier daemon froze; harmless for what is not frozen, and for a guest that has ended. */
    void thawFilesystems(List<String> targets);

    /** Kills every process, also of a frozen guest, and returns once init is dead. */
    void kill();

    /** Asks init in the given way; the guest decides when to end. */
    void requestShutdown(ShutdownWay way);

    /** Asks init to reboot in the given way. */
    void requestReboot(ShutdownWay way);

    /** Sends a signal to a process of the guest. {@code pid} counts in the guest's pid namespace; 1 is init. */
    void signal(long pid, int signal);

    /**
     * Opens the console.
     *
     * @param device null or the alias of a console of the definition
     */
    ConsoleSession openConsole(String device, ConsoleMode mode);

    /** Fresh descriptors of init's namespaces in the order user, ipc, uts, net, pid, mnt; the caller closes them. */
    List<Integer> openNamespaces();

    /** CPU time of all processes so far, in nanoseconds; of a guest that has ended, what is known. Reads the kernel, not a disk. */
    OptionalLong cpuTimeNanos();

    /** Resident and cached memory charged to the guest, in bytes; of one that has ended, what was charged last, if known. */
    OptionalLong memoryBytes();

    /** What is mounted in the guest from its definition. */
    List<MountedFilesystem> filesystems();
}
