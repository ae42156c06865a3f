package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Filesystem;
import io.fairlead.backend.bundle.GuestPlan.FilesystemKind;
import io.fairlead.backend.bundle.OciSpec.Mount;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.MountPoints;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * File systems below /proc, /sys and /dev. The runtime mounts /proc, /sys and /dev itself and covers earlier mounts
 * below them. So it must bind these file systems afterwards, from places of their own. Each mount is bound separately,
 * with its flags named: with mapped users crun 1.8 binds no mounts below a source, and it clears flags that are not
 * named.
 */
final class LateMounts {
    /** Mounts a file system on a place. */
    @FunctionalInterface
    interface Mounter {
        void mount(Filesystem filesystem, Ground ground) throws IOException;
    }

    private final GuestPlan plan;
    private final GuestTree tree;
    private final Path folder;
    private final boolean crun;
    private int count;

    /** @param place the place of the guest's root; these file systems get places beside it */
    LateMounts(GuestPlan plan, GuestTree tree, Path place, boolean crun) {
        this.plan = plan;
        this.tree = tree;
        this.folder = place.resolveSibling(place.getFileName() + ".late");
        this.crun = crun;
    }

    /** Whether a target lies below /proc, /sys or /dev. */
    static boolean holds(String target) {
        return TreeAssembly.KERNELS_OWN.stream().anyMatch(own -> Path.of(target).startsWith(own));
    }

    /** The host's sysfs alone. The mounts below it, above all control groups, are not for the guest. */
    void addSysfs() throws IOException {
        try (Fd sys = Fd.open(Path.of("/sys"), OpenFlags.O_PATH)) {
            tree.sysAt(stage(sys, true));
        }
    }

    void add(Filesystem filesystem, Mounter mounter) throws IOException {
        if (filesystem.kind() == FilesystemKind.RAM) {
            tree.addLate(memory(filesystem));
            return;
        }
        String name = next();
        Path top = folder.resolve(name);
        tree.mountedAt(top);
        try (RootedTree places = new RootedTree(folder);
                MountPoints points = new MountPoints(places, 0, 0)) {
            mounter.mount(filesystem, new Ground(places, points, name));
        }
        List<MountEntry> all = new ArrayList<>(MountTable.own().below(top));
        Collections.reverse(all);
        for (MountEntry entry : all) {
            String inner = top.relativize(entry.target()).toString();
            String target = inner.isEmpty() ? filesystem.target() : filesystem.target() + "/" + inner;
            bind(entry.target(), target, filesystem.readOnly(), all.size() == 1);
        }
    }

    private static Mount memory(Filesystem filesystem) {
        String mode = filesystem.readOnly() ? "ro" : "rw";
        List<String> options = List.of("nosuid", "nodev", "size=" + filesystem.sizeBytes(), mode);
        return new Mount(filesystem.target(), "tmpfs", "tmpfs", options);
    }

    private void bind(Path mounted, String target, boolean readOnly, boolean single) throws IOException {
        try (Fd place = Fd.open(mounted, OpenFlags.O_PATH)) {
            Set<MountFlag> flags = MountTree.flags(place);
            List<String> options = new ArrayList<>(List.of("bind", "rprivate"));
            boolean held = readOnly || flags.contains(MountFlag.READ_ONLY);
            Refusal.unless(
                    !(held && crun && plan.users().mapped()),
                    "filesystem target %s: with idmap, crun lets a container write to what is read-only there; runc does not",
                    target);
            options.add(held ? "ro" : "rw");
            flags.stream()
                    .filter(flag -> flag != MountFlag.READ_ONLY)
                    .map(MountFlag::option)
                    .forEach(options::add);
            // If mounts lie below it, a user namespace may not bind it without them.
            Path source = single ? mounted : stage(place, false);
            tree.addLate(new Mount(target, "bind", source.toString(), options));
        }
    }

    /** A copy of a single mount, at a place of its own. */
    private Path stage(Fd mounted, boolean kernels) throws IOException {
        Path at = folder.resolve(next());
        tree.mountedAt(at);
        try (RootedTree places = new RootedTree(folder);
                MountPoints points = new MountPoints(places, 0, 0);
                MountTree copy = MountTree.copy(mounted, false);
                Fd spot = new Ground(places, points, at.getFileName().toString())
                        .spot(FileStat.of(mounted).isFolder())) {
            copy.makePrivate();
            if (kernels) {
                for (MountFlag flag :
                        List.of(MountFlag.READ_ONLY, MountFlag.NO_SUID, MountFlag.NO_DEVICES, MountFlag.NO_EXEC)) {
                    copy.set(flag, false);
                }
            }
            copy.attach(spot);
        }
        return at;
    }

    private String next() throws IOException {
        if (count == 0) {
            Files.createDirectory(folder);
            tree.folderAt(folder);
        }
        return Integer.toString(count++);
    }
}
