package io.fairlead.backend.launch;

import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Makes the part of /dev that a runtime's configuration cannot describe: tty1 is the console's terminal, as in a
 * libvirt container.
 */
final class InitDevices {
    private InitDevices() {}

    /** @param initPid init before its first program runs, so that the guest cannot change anything meanwhile */
    static void linkTerminal(int initPid) throws IOException {
        try (RootedTree root = new RootedTree(Path.of("/proc/" + initPid + "/root"));
                Fd devices = root.open("/dev", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0)) {
            if (!isRuntimesOwn(initPid, MountEntry.idOf(devices))) {
                return; // a folder of the host is mounted there
            }
            Path tty1 = Path.of("/proc/self/fd/" + devices.number(), "tty1");
            if (!Files.exists(tty1, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(tty1, Path.of("pts/0"));
            }
        }
    }

    private static boolean isRuntimesOwn(int initPid, int mountId) throws IOException {
        return MountTable.of(initPid).entries().stream()
                .anyMatch(mount -> mount.id() == mountId
                        && mount.type().equals("tmpfs")
                        && mount.source().equals("devfs")
                        && mount.root().equals("/"));
    }
}
