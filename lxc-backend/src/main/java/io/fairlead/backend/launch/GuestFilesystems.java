package io.fairlead.backend.launch;

import io.fairlead.core.backend.FrozenFilesystems;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.FileSystemFreeze;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.ProcessId;
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
 * Freezes file systems that a guest has mounted from a file, through a loop device of its own. Anything else at the
 * mount point is left alone, such as a link to a folder of the host that the guest has planted: freezing that would
 * stop other processes.
 */
final class GuestFilesystems {
    /** Documentation/admin-guide/devices.txt. */
    private static final String LOOP_MAJOR = "7:";

    private static final String LOOP_NODE = "/dev/loop";

    private GuestFilesystems() {}

    /** Freezes all of them, or none if this throws. */
    static FrozenFilesystems freeze(ProcessId init, List<String> targets) throws IOException {
        Held held = new Held();
        try {
            for (String target : targets) {
                Optional<Fd> folder = open(init, target);
                if (folder.isPresent()) {
                    held.freeze(folder.get());
                }
            }
            return held;
        } catch (IOException | RuntimeException e) {
            try {
                held.close();
            } catch (EngineException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    /**
     * Thaws file systems that an earlier daemon froze. Its descriptors went with it. Tries all of them before it
     * throws.
     */
    static void thaw(ProcessId init, List<String> targets) throws IOException {
        IOException failure = null;
        for (String target : targets) {
            try {
                Optional<Fd> folder = open(init, target);
                if (folder.isPresent()) {
                    try (Fd open = folder.get()) {
                        FileSystemFreeze.thaw(open);
                    }
                }
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The top folder of the file system that is mounted there; empty if it is not the guest's own. */
    private static Optional<Fd> open(ProcessId init, String target) throws IOException {
        Optional<MountEntry> mount =
                MountTable.of(init.pid()).at(Path.of(target)).filter(GuestFilesystems::onLoopDevice);
        if (mount.isEmpty()) {
            return Optional.empty();
        }
        try (InitRoot root = InitRoot.open(init)) {
            Fd folder = root.open(target, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
            if (MountEntry.idOf(folder) == mount.get().id()) {
                return Optional.of(folder);
            }
            folder.close();
            return Optional.empty();
        }
    }

    /**
     * Btrfs makes its own device numbers. It also writes the name of its source itself, where other file systems show
     * the name given at the mount. If only a folder of it is mounted, it may be the pool that contains the guest's
     * root.
     */
    private static boolean onLoopDevice(MountEntry mount) {
        boolean btrfs = mount.type().equals("btrfs") && mount.source().startsWith(LOOP_NODE);
        return mount.device().startsWith(LOOP_MAJOR) || btrfs && mount.root().equals("/");
    }

    /**
     * Keeps a descriptor of each file system. When the guest dies, its mounts go, but a frozen file system stays with
     * its loop device. Without the descriptor it could not be thawed any more.
     */
    private static final class Held implements FrozenFilesystems {
        private final Deque<Fd> folders = new ArrayDeque<>();

        void freeze(Fd folder) throws ErrnoException {
            try {
                FileSystemFreeze.freeze(folder);
                folders.push(folder);
            } catch (ErrnoException e) {
                folder.close();
                throw e;
            }
        }

        @Override
        public void close() {
            EngineException failure = null;
            while (!folders.isEmpty()) {
                try (Fd folder = folders.pop()) {
                    if (!FileSystemFreeze.thaw(folder)) {
                        failure = failed(folder + " did not stay frozen", null);
                    }
                } catch (ErrnoException e) {
                    failure = failed("cannot thaw a file system: " + e.getMessage(), e);
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        private static EngineException failed(String message, Throwable cause) {
            return new EngineException(ErrorCode.OPERATION_FAILED, message, cause);
        }
    }
}
