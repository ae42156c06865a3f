package io.fairlead.linux.cgroup;

import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Kills a whole group: with {@code cgroup.kill} where the kernel has it (v2 from 5.14), else by stopping all processes,
 * signalling all and letting them go on, until none is left. Stopped processes cannot fork their way out.
 */
final class CgroupKiller {
    private static final int SIGKILL = 9;
    private static final Duration FREEZE_LIMIT = Duration.ofMillis(200);
    /** How long killed processes may take to end before we look for newcomers. */
    private static final Duration ROUND = Duration.ofMillis(100);

    private final Cgroup group;
    private final CgroupFreezer freezer;
    private final Path killFile;

    CgroupKiller(CgroupLayout layout, Cgroup group) {
        this(layout, group, layout.unified() ? killFile(layout, group) : null);
    }

    /** @param killFile null to do without */
    CgroupKiller(CgroupLayout layout, Cgroup group, Path killFile) {
        this.group = group;
        this.freezer = new CgroupFreezer(layout, group);
        this.killFile = killFile;
    }

    private static Path killFile(CgroupLayout layout, Cgroup group) {
        return layout.hierarchies().get(0).folder(group.path()).resolve("cgroup.kill");
    }

    void kill(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            if (group.processes().isEmpty()) {
                return;
            }
            if (killFile != null && Files.exists(killFile)) {
                KernelFile.write(killFile, "1");
            } else {
                killStopped();
            }
        } while (!emptyBefore(Math.min(deadline, System.nanoTime() + ROUND.toNanos())) && System.nanoTime() < deadline);
        Collection<Integer> left = group.processes();
        if (!left.isEmpty()) {
            throw new ErrnoException(Errno.ETIMEDOUT, "kill", "%s: %s are left".formatted(group, left));
        }
    }

    private void killStopped() throws IOException {
        boolean stopped = stop();
        try {
            signalAll();
        } finally {
            if (stopped) {
                freezer.thaw(); // a stopped process dies of SIGKILL only when it runs again
            }
        }
    }

    /** Killing goes on in rounds without a freeze, so a group that does not freeze in time is no reason to give up. */
    private boolean stop() throws IOException {
        if (!freezer.available()) {
            return false;
        }
        try {
            freezer.freeze(FREEZE_LIMIT);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ETIMEDOUT) {
                return false;
            }
            throw e;
        }
    }

    private void signalAll() throws IOException {
        List<Pidfd> grips = new ArrayList<>();
        try {
            for (int pid : group.processes()) {
                grip(pid, grips);
            }
            // Only those that are in the group still, now that we hold them: a pid may have changed hands in between.
            Collection<Integer> still = group.processes();
            for (Pidfd grip : grips) {
                if (still.contains(grip.pid())) {
                    signal(grip);
                }
            }
        } finally {
            grips.forEach(Pidfd::close);
        }
    }

    private static void grip(int pid, List<Pidfd> grips) throws ErrnoException {
        try {
            grips.add(Pidfd.open(pid));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    private static void signal(Pidfd grip) throws ErrnoException {
        try {
            grip.signal(SIGKILL);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                throw e;
            }
        }
    }

    private boolean emptyBefore(long deadline) throws IOException {
        Backoff backoff = new Backoff(deadline);
        do {
            if (group.processes().isEmpty()) {
                return true;
            }
        } while (backoff.pause());
        return false;
    }
}
