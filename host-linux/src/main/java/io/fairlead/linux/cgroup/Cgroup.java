package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One group: the folders of the same path in every tree of the host. A handle; the group need not exist. */
public final class Cgroup {
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\n\\x00]+)++");

    private static final String V1_WITHOUT_CONTROLLERS = "name=systemd";
    private static final List<String> V1_DELEGATED = List.of("cgroup.procs", "tasks");
    /** /sys/kernel/cgroup/delegate of Linux 6.12. */
    private static final List<String> DELEGATED = List.of(
            "cgroup.procs",
            "cgroup.threads",
            "cgroup.subtree_control",
            "memory.oom.group",
            "memory.reclaim",
            "cgroup.pressure",
            "cpu.pressure",
            "io.pressure",
            "irq.pressure",
            "memory.pressure");

    private final CgroupLayout layout;
    private final String path;

    Cgroup(CgroupLayout layout, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("cgroup path: %s (expected: /part/part...)".formatted(path));
        }
        this.layout = layout;
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** @param name one part, without a slash */
    public Cgroup child(String name) {
        return new Cgroup(layout, path + "/" + name);
    }

    /** Its folder in the tree that has the controller; empty if the host has no such controller. */
    public Optional<Path> folder(String controller) {
        return layout.with(controller).map(hierarchy -> hierarchy.folder(path));
    }

    /** Its folder in every tree where it exists. */
    public List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (Hierarchy hierarchy : layout.hierarchies()) {
            Path folder = hierarchy.folder(path);
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            }
        }
        return folders;
    }

    /** Whether it exists in at least one tree. */
    public boolean exists() {
        return !folders().isEmpty();
    }

    /**
     * Makes it, and the groups above it that are missing, in every tree; the v2 tree of a hybrid host is left out.
     *
     * @return controllers of the host that this group could not get, such as those of a v2 parent with processes of its
     *     own
     */
    public Set<String> create() throws IOException {
        return new CgroupMaker(layout).make(path);
    }

    /**
     * The host's pids of all processes in it and below. Those of other pid namespaces that we cannot see are left out.
     */
    public Collection<Integer> processes() throws IOException {
        Set<Integer> pids = new TreeSet<>();
        for (Path folder : folders()) {
            collectProcesses(folder, pids);
        }
        return pids;
    }

    /**
     * Lets a user keep groups below it, and put processes of this group into them, in the trees where that lifts no
     * limit: v2, and of v1 the one without controllers (cgroup-v2.rst, "Delegation"). Its limits stay the owner's.
     *
     * @param user the host's numbers, unsigned
     */
    public void delegate(int user, int group) throws IOException {
        for (Hierarchy hierarchy : layout.hierarchies()) {
            if (hierarchy.unified() || hierarchy.controllers().contains(V1_WITHOUT_CONTROLLERS)) {
                Path folder = hierarchy.folder(path);
                give(folder, user, group);
                for (String file : hierarchy.unified() ? DELEGATED : V1_DELEGATED) {
                    give(folder.resolve(file), user, group);
                }
            }
        }
    }

    private static void give(Path file, int user, int group) throws IOException {
        int given = Libc.fchownat(OpenFlags.AT_FDCWD, CString.of(file), user, group, OpenFlags.AT_SYMLINK_NOFOLLOW);
        if (given < 0 && Errno.last() != Errno.ENOENT) { // older kernels have fewer files
            throw new ErrnoException(Errno.last(), "chown", file.toString());
        }
    }

    /** Moves a process into it, in every tree. */
    public void add(int pid) throws IOException {
        for (Path folder : folders()) {
            KernelFile.write(folder.resolve("cgroup.procs"), Integer.toString(pid));
        }
    }

    /** The paths of all groups below it, each once, parents first. */
    public List<String> descendants() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Hierarchy hierarchy : layout.hierarchies()) {
            Path folder = hierarchy.folder(path);
            for (Path below : foldersBelow(folder)) {
                found.add(path + "/" + folder.relativize(below));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Stops every process in it and below, and returns once all have stopped.
     *
     * @throws ErrnoException ETIMEDOUT if some have not by then; the group runs on as before
     */
    public void freeze(Duration limit) throws IOException {
        new CgroupFreezer(layout, this).freeze(limit);
    }

    public void thaw() throws IOException {
        new CgroupFreezer(layout, this).thaw();
    }

    /** Whether it is frozen, or about to be. */
    public boolean frozen() throws IOException {
        return new CgroupFreezer(layout, this).frozen();
    }

    /**
     * Kills every process in it and below, frozen or not, and returns once all are gone.
     *
     * @throws ErrnoException ETIMEDOUT if some are left by then
     */
    public void kill(Duration limit) throws IOException {
        new CgroupKiller(layout, this).kill(limit);
    }

    /**
     * Removes it and all groups below, in every tree. No processes may be left in them. A group whose last process has
     * just ended is tried again for a while. Does nothing if the group does not exist.
     *
     * @throws ErrnoException EBUSY if the group was still in use when the time ran out
     */
    public void remove(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Hierarchy hierarchy : layout.hierarchies()) {
            removeFolder(hierarchy.folder(path), deadline);
        }
    }

    public CgroupUsage usage() {
        return new CgroupUsage(layout, this);
    }

    public CgroupLimits limits() {
        return new CgroupLimits(layout, this);
    }

    private static void removeFolder(Path folder, long deadline) throws IOException {
        for (Backoff backoff = new Backoff(deadline); ; ) {
            if (Libc.rmdir(CString.of(folder)) == 0 || Errno.last() == Errno.ENOENT) {
                return;
            }
            int errno = Errno.last();
            List<Path> children = children(folder);
            for (Path child : children) {
                removeFolder(child, deadline);
            }
            // Both for groups inside and for processes inside the kernel says EBUSY.
            if (children.isEmpty() && (errno != Errno.EBUSY || !backoff.pause())) {
                throw new ErrnoException(errno, "rmdir", folder.toString());
            }
        }
    }

    private static void collectProcesses(Path folder, Set<Integer> pids) throws IOException {
        try {
            for (String line : KernelFile.readLines(folder.resolve("cgroup.procs"))) {
                int pid = Integer.parseInt(line);
                if (pid != 0) {
                    pids.add(pid);
                }
            }
        } catch (ErrnoException e) {
            // EOPNOTSUPP: a threaded v2 group; its processes are listed by the group above it.
            if (!vanished(e) && e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
        for (Path child : children(folder)) {
            collectProcesses(child, pids);
        }
    }

    private static List<Path> foldersBelow(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path child : children(folder)) {
            found.add(child);
            found.addAll(foldersBelow(child));
        }
        return found;
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try {
            for (DirectoryReader.Entry entry : DirectoryReader.read(folder)) {
                if (entry.kind() == DirectoryReader.Kind.DIRECTORY) {
                    children.add(folder.resolve(entry.text()));
                }
            }
        } catch (ErrnoException e) {
            if (!vanished(e)) {
                throw e;
            }
        }
        return children;
    }

    /** Groups come and go while we look: an open file of a removed group answers ENODEV. */
    private static boolean vanished(ErrnoException e) {
        return e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV;
    }

    @Override
    public String toString() {
        return "cgroup " + path;
    }
}
