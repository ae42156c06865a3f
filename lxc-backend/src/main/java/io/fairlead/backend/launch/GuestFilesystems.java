package io.fairlead.backend.launch;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.FileSystemFreeze;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Freezing what a guest has mounted from a file through a loop device of its own. Anything else at that place, such as a link
 * to a folder of the host's that the guest has planted, is left alone: freezing it would stop others.
 */
final class GuestFilesystems {
    /** Documentation/admin-guide/devices.txt. */
    private static final String LOOP_MAJOR = "7:";

    private GuestFilesystems() {}

    /** All of them, or none if it throws. */
    static void freeze(int initPid, List<String> targets) throws IOException {
        Deque<String> frozen = new ArrayDeque<>();
        try {
            for (String target : targets) {
                on(initPid, target, FileSystemFreeze::freeze);
                frozen.push(target);
            }
        } catch (IOException e) {
            try {
                thaw(initPid, List.copyOf(frozen));
            } catch (IOException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    static void thaw(int initPid, List<String> targets) throws IOException {
        for (String target : targets) {
            on(initPid, target, FileSystemFreeze::thaw);
        }
    }

    private interface Act {
        void with(Fd on) throws ErrnoException;
    }

    private static void on(int initPid, String target, Act act) throws IOException {
        Optional<MountEntry> mount = MountTable.of(initPid).at(Path.of(target));
        if (mount.isEmpty() || !mount.get().device().startsWith(LOOP_MAJOR)) {
            return;
        }
        try (RootedTree tree = new RootedTree(Path.of("/proc/" + initPid + "/root"));
                Fd folder = tree.open(target, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0)) {
            if (FileStat.of(folder).fileSystem().equals(mount.get().device())) {
                act.with(folder);
            }
        }
    }
}
