package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mounts of one mount namespace at one moment, in the order they were made. */
public record MountTable(List<MountEntry> entries) {
    public MountTable {
        entries = List.copyOf(entries);
    }

    /** Ours. */
    public static MountTable own() throws IOException {
        return parse(KernelFile.read(Path.of("/proc/self/mountinfo")));
    }

    /**
     * The table of another process's mount namespace, with paths as that process sees them.
     *
     * @throws ErrnoException ESRCH for a process that is gone, or has left its namespaces on its way out
     */
    public static MountTable of(int pid) throws IOException {
        try {
            return parse(KernelFile.read(Path.of("/proc/" + pid + "/mountinfo")));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.EINVAL) { // the latter without namespaces: fs/proc_namespace.c
                throw new ErrnoException(Errno.ESRCH, "read", "the mounts of process " + pid);
            }
            throw e;
        }
    }

    public static MountTable parse(String mountinfo) {
        List<MountEntry> entries = new ArrayList<>();
        for (String line : KernelFile.lines(mountinfo)) {
            entries.add(MountEntry.parse(line));
        }
        return new MountTable(entries);
    }

    /** The mount at exactly this path; the topmost, if several lie on one another. */
    public Optional<MountEntry> at(Path target) {
        return entries.stream().filter(entry -> entry.target().equals(target)).reduce((first, second) -> second);
    }

    /** The mount that a path lies on; empty for a path that is not absolute. */
    public Optional<MountEntry> holding(Path path) {
        return entries.stream()
                .filter(entry -> path.startsWith(entry.target()))
                .reduce((first, second) -> deeper(first, second) ? first : second);
    }

    private static boolean deeper(MountEntry one, MountEntry other) {
        return one.target().getNameCount() > other.target().getNameCount();
    }

    /** All mounts at or below a folder, the latest first: the order in which they can be unmounted. */
    public List<MountEntry> below(Path folder) {
        List<MountEntry> found = new ArrayList<>();
        for (MountEntry entry : entries) {
            if (entry.target().startsWith(folder)) {
                found.add(0, entry);
            }
        }
        return found;
    }
}
