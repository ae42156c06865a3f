package io.fairlead.backend.launch;

import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named pipe by which sysvinit, and systemd's initctl service, take a change of run level. The guest made it and may lie:
 * it is opened within the guest's root, only if it is a FIFO that somebody reads, and never waited for.
 *
 * <pre>| magic 4 | command 4 | run level 4 | sleep time 4 | reserved 368 |   in the host's byte order (initreq.h)</pre>
 */
final class InitPipe {
    private static final Logger log = LoggerFactory.getLogger(InitPipe.class);
    static final int POWER_OFF = '0';
    static final int REBOOT = '6';

    private static final List<String> PATHS = List.of("/run/initctl", "/dev/initctl", "/etc/.initctl");
    private static final int BYTES = 384;
    private static final int MAGIC = 0x03091969;
    private static final int COMMAND_RUN_LEVEL = 1;

    private InitPipe() {}

    /** False if there is no such pipe, or nobody reads it. */
    static boolean send(int initPid, int runLevel) throws IOException {
        try (RootedTree root = new RootedTree(Path.of("/proc/" + initPid + "/root"))) {
            for (String path : PATHS) {
                if (send(initPid, root, path, runLevel)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean send(int initPid, RootedTree root, String path, int runLevel) throws IOException {
        try (Fd pipe = root.openFifo(path)) {
            pipe.write(request(runLevel));
            return true;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                    // ENXIO: no reader. EAGAIN: one that does not read. The rest: no pipe there.
                case Errno.ENOENT, Errno.ENXIO, Errno.EAGAIN, Errno.ENOTDIR, Errno.ELOOP -> false;
                default -> throw e;
            };
        } catch (IOException e) {
            log.info("no initctl for process {}: {}", initPid, e.getMessage());
            return false;
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
