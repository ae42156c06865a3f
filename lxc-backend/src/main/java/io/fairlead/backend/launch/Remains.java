package io.fairlead.backend.launch;

import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a guest's remains from the host, by system calls: the runtime would take 16 ms (crun) or 106 ms (runc). It is
 * called only if that fails. Every method may be called twice.
 */
final class Remains {
    private static final Logger log = LoggerFactory.getLogger(Remains.class);
    private static final int SIGKILL = 9;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(5);

    private final CgroupLayout layout;
    private final OciRuntime runtime;

    Remains(CgroupLayout layout, OciRuntime runtime) {
        this.layout = layout;
        this.runtime = runtime;
    }

    /** Kills every process of the guest, and its monitor, if they still run. */
    void kill(GuestRecord record) throws IOException {
        if (record.init() != null) {
            kill(record.init());
        }
        Cgroup group = layout.group(record.cgroup());
        if (group.exists()) {
            group.kill(KILL_LIMIT);
        }
        if (record.monitor() != null) {
            kill(record.monitor());
        }
    }

    /** Removes groups, mounts and the runtime's state; the guest's folder stays. All processes have ended. */
    void remove(GuestRecord record, GuestFolder folder) throws IOException {
        Files.deleteIfExists(folder.standbyLink());
        try {
            removeGroup(record.cgroup());
            Mounts.unmountBelow(folder.path());
            TreeRemover.remove(folder.state());
        } catch (IOException e) {
            log.warn("asking {} to remove {}: {}", runtime.program(), folder.id(), e.getMessage());
            Command.of(runtime.command(folder.states(), "delete", "--force", folder.id()))
                    .within(REMOVE_LIMIT)
                    .run();
            removeGroup(record.cgroup());
            TreeRemover.remove(folder.state());
        }
    }

    void removeGroup(String path) throws IOException {
        layout.group(path).remove(REMOVE_LIMIT);
        removeUnmounted(path);
    }

    // crun 1.8 in a mount namespace without the hybrid host's cgroup2 takes the empty mount point for a controller, and
    // leaves plain folders there.
    private static void removeUnmounted(String path) throws IOException {
        Path mountPoint = Path.of("/sys/fs/cgroup/unified");
        Path plain = mountPoint.resolve(path.substring(1));
        if (Files.isDirectory(plain) && !Files.exists(mountPoint.resolve("cgroup.procs"))) {
            TreeRemover.remove(plain);
        }
    }

    /** Ends a monitor without a record; the guest is found by its group. */
    void killStray(ProcessId monitor) throws IOException {
        kill(monitor);
    }

    void removeStray(String group) throws IOException {
        layout.group(group).kill(KILL_LIMIT);
        removeGroup(group);
    }

    private static void kill(ProcessId id) throws IOException {
        try (Pidfd process = Pidfd.open(id)) {
            process.signal(SIGKILL);
            if (!process.awaitExit(KILL_LIMIT)) {
                throw new ErrnoException(Errno.ETIMEDOUT, "kill", id.toString());
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }
}
