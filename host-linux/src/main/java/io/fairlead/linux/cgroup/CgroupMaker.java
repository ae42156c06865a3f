package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Makes groups so that they can take processes at once and limits later. */
final class CgroupMaker {
    private final CgroupLayout layout;

    CgroupMaker(CgroupLayout layout) {
        this.layout = layout;
    }

    Set<String> make(String path) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Hierarchy hierarchy : layout.hierarchies()) {
            if (hierarchy.unified() && !layout.unified()) {
                // The v2 tree of a hybrid host limits nothing that counts, and container runtimes differ on its use.
                continue;
            }
            missing.addAll(makeIn(hierarchy, path));
        }
        return missing;
    }

    /** In one tree only. @return controllers of the tree that the group could not get */
    Set<String> makeIn(Hierarchy hierarchy, String path) throws IOException {
        Path folder = hierarchy.mountPoint();
        for (String part : path.substring(1).split("/")) {
            if (hierarchy.unified()) {
                enableForChildren(folder);
            }
            folder = folder.resolve(part);
            boolean made = Libc.mkdir(CString.of(folder), 0755) == 0;
            if (!made && Errno.last() != Errno.EEXIST) {
                throw new ErrnoException(Errno.last(), "mkdir", folder.toString());
            }
            if (made && hierarchy.controllers().contains("cpuset") && !hierarchy.unified()) {
                inheritCpuset(folder);
            }
        }
        if (!hierarchy.unified()) {
            return Set.of();
        }
        Set<String> lost = new TreeSet<>(hierarchy.controllers());
        lost.removeAll(CgroupLayout.words(KernelFile.read(folder.resolve("cgroup.controllers"))));
        return lost;
    }

    /**
     * One controller at a time: a single refusal would refuse all of them. A group with processes of its own refuses
     * every one with EBUSY, unless it is the root.
     */
    private static void enableForChildren(Path folder) throws IOException {
        Path control = folder.resolve("cgroup.subtree_control");
        Set<String> wanted = new TreeSet<>(CgroupLayout.words(KernelFile.read(folder.resolve("cgroup.controllers"))));
        wanted.removeAll(CgroupLayout.words(KernelFile.read(control)));
        for (String controller : wanted) {
            try {
                KernelFile.write(control, "+" + controller);
            } catch (ErrnoException e) {
                // The caller still learns of it: a controller that is not enabled here is missing in the finished
                // group.
                if (e.errno() != Errno.EBUSY && e.errno() != Errno.EINVAL && e.errno() != Errno.EOPNOTSUPP) {
                    throw e;
                }
            }
        }
    }

    /** A new v1 cpuset is empty and takes no process until it has CPUs and memory nodes. */
    private static void inheritCpuset(Path folder) throws IOException {
        for (String file : new String[] {"cpuset.cpus", "cpuset.mems"}) {
            Path own = folder.resolve(file);
            if (Files.exists(own) && KernelFile.readTrimmed(own).isEmpty()) {
                KernelFile.write(own, KernelFile.readTrimmed(folder.getParent().resolve(file)));
            }
        }
    }
}
