package io.fairlead.backend.launch;

import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.process.FileHolders;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named pipe through which sysvinit, and systemd's initctl service, accept a change of run level. The guest made
 * it, so it cannot be trusted; in a shared folder it may be the host's pipe or another guest's. It is written to only
 * if it is a FIFO, is not one of the host's, and has no reader outside of the guest. Never waits.
 *
 * <pre>| magic 4 | command 4 | run level 4 | sleep time 4 | reserved 368 |   in the host's byte order (initreq.h)</pre>
 */
final class InitPipe {
    private static final Logger log = LoggerFactory.getLogger(InitPipe.class);
    static final int POWER_OFF = '0';
    static final int REBOOT = '6';

    private static final List<String> PATHS = List.of("/run/initctl", "/dev/initctl", "/etc/.initctl");
    /** The host's root, as its first process and as this daemon see it. */
    private static final List<String> HOST_ROOTS = List.of("/proc/1/root", "");

    private static final int BYTES = 384;
    private static final int MAGIC = 0x03091969;
    private static final int COMMAND_RUN_LEVEL = 1;

    private final ProcessId init;
    private final Cgroup group;

    /** @param group the guest's own group, which contains all of its processes */
    InitPipe(ProcessId init, Cgroup group) {
        this.init = init;
        this.group = group;
    }

    /** False if there is no such pipe of the guest's own, or if it has no reader. */
    boolean send(int runLevel) throws IOException {
        try (InitRoot root = InitRoot.open(init)) {
            for (String path : PATHS) {
                if (send(root, path, runLevel)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean send(InitRoot root, String path, int runLevel) throws IOException {
        try (Fd found = root.open(path, OpenFlags.O_PATH);
                Fd pipe = RootedTree.openFifo(found)) {
            if (!isOwn(FileStat.of(found))) {
                log.info("initctl of process {}: {} is read by others, and not written to", init.pid(), path);
                return false;
            }
            pipe.write(request(runLevel));
            return true;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                    // ENXIO: no reader. EAGAIN: a reader that does not read. Other errors: no pipe there.
                case Errno.ENOENT, Errno.ENXIO, Errno.EAGAIN, Errno.ENOTDIR, Errno.ELOOP, Errno.EREMOTE -> false;
                default -> throw e;
            };
        } catch (IOException e) {
            log.info("no initctl for process {}: {}", init.pid(), e.getMessage());
            return false;
        }
    }

    private boolean isOwn(FileStat pipe) throws IOException {
        for (String root : HOST_ROOTS) {
            for (String path : PATHS) {
                if (isThere(Path.of(root + path), pipe)) {
                    return false;
                }
            }
        }
        Set<Integer> holders = new HashSet<>(FileHolders.of(pipe));
        holders.remove((int) ProcessHandle.current().pid());
        // The group is read afterwards, so that it contains processes that the guest has started meanwhile.
        return group.processes().containsAll(holders);
    }

    private static boolean isThere(Path path, FileStat pipe) throws ErrnoException {
        try {
            return FileStat.of(path).isSameFile(pipe);
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                    // EACCES: even root may not look into the first process; only this daemon's own view is left.
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.EACCES -> false;
                default -> throw e;
            };
        }
    }

    static byte[] request(int runLevel) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(MAGIC)
                .putInt(COMMAND_RUN_LEVEL)
                .putInt(runLevel)
                .putInt(0)
                .array();
    }
}
