package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Filesystem;
import io.fairlead.backend.bundle.GuestPlan.FilesystemKind;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.MountPoints;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Builds one guest's tree: the root, then the definition's file systems in their order. A folder of the host is copied
 * as it is at this moment, with its flags and with all mounts below it. {@code <readonly/>} applies to all of those.
 *
 * <p>Mount points are made in the guest's own tree and resolved within it: a link planted there cannot lead outside.
 */
final class TreeAssembly {
    /** Where the runtime mounts the kernel's own file systems. The host's must not lie below. */
    static final List<String> KERNELS_OWN = List.of("/proc", "/sys", "/dev");

    private record Layer(Filesystem filesystem, Fd top) {}

    private final GuestPlan plan;
    private final MountSources sources;
    private final boolean crun;
    private final Path place;
    private final List<Layer> layers = new ArrayList<>();
    private final List<MountTree> unsealed = new ArrayList<>();
    private final MountPoints points;
    private final GuestTree tree;

    private TreeAssembly(GuestPlan plan, MountSources sources, boolean crun, Path place, MountTree top)
            throws IOException {
        this.plan = plan;
        this.sources = sources;
        this.crun = crun;
        this.place = place;
        RootedTree inside = new RootedTree(place);
        points = new MountPoints(
                inside, (int) plan.users().hostUser(0), (int) plan.users().hostGroup(0));
        tree = new GuestTree(place, inside, points);
        tree.keep(top);
        tree.mountedAt(place);
    }

    /** @param crun whether the runtime is crun, which remounts binds with only the flags that it is told */
    static GuestTree assemble(GuestPlan plan, MountSources sources, boolean crun, Path place) throws IOException {
        Files.createDirectories(place);
        if (plan.users().mapped()) {
            // The guest's root must pass the folder above, which no other user may read.
            Files.setPosixFilePermissions(place.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }
        HostMounts.Copy copy = plan.root().kind() == FilesystemKind.MOUNT ? sources.ofHost(plan.root()) : null;
        MountTree top = null;
        TreeAssembly assembly;
        try (Fd folder = Fd.open(place, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
            if (copy == null) {
                sources.mount(plan.root(), folder);
                top = MountTree.at(Fd.open(place, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY));
            } else {
                top = copy.tree();
                prepare(plan.root(), top);
                top.attach(folder);
            }
            assembly = new TreeAssembly(plan, sources, crun, place, top);
        } catch (IOException | RuntimeException e) {
            if (top != null) {
                top.close();
            }
            Mounts.detachIfThere(place);
            Files.deleteIfExists(place);
            throw e;
        }
        try {
            assembly.root(top, copy);
            assembly.filesystems();
            assembly.finish(top);
            return assembly.tree;
        } catch (IOException | RuntimeException e) {
            assembly.tree.discard();
            throw e;
        }
    }

    private void root(MountTree top, HostMounts.Copy copy) throws IOException {
        Filesystem root = plan.root();
        if (copy != null) {
            if (copy.place().equals(Path.of("/"))) {
                unmountKernelsOwn();
            }
            addOwn(copy, new Ground(tree.inside(), points, ""), root.readOnly());
        }
        added(root, top);
        MappedRoot.requireWay(plan, place, top.top());
        for (String folder : KERNELS_OWN) {
            try {
                points.folder(folder).close();
            } catch (ErrnoException e) {
                throw cannotMakePoint(folder, e);
            }
        }
    }

    private void unmountKernelsOwn() throws IOException {
        for (MountEntry entry : MountTable.own().below(place)) {
            // The kernel refuses to mount a sysfs on itself.
            if (KERNELS_OWN.stream().anyMatch(own -> entry.target().startsWith(Path.of(place + own)))) {
                Mounts.unmount(entry.target());
            }
        }
    }

    private void filesystems() throws IOException {
        LateMounts late = new LateMounts(plan, tree, place, crun);
        if (plan.bindsSysfs()) {
            late.addSysfs();
        }
        for (Filesystem filesystem : plan.filesystems()) {
            if (filesystem.isRoot()) {
                continue;
            }
            if (LateMounts.holds(filesystem.target())) {
                late.add(filesystem, this::mount);
            } else {
                mount(filesystem, new Ground(tree.inside(), points, filesystem.target()));
            }
        }
    }

    /** Mounts one file system on its place. */
    private void mount(Filesystem filesystem, Ground ground) throws IOException {
        switch (filesystem.kind()) {
            case MOUNT -> {
                HostMounts.Copy copy = sources.ofHost(filesystem);
                tree.keep(copy.tree());
                prepare(filesystem, copy.tree());
                attach(copy.tree(), ground, filesystem);
                addOwn(copy, ground, filesystem.readOnly());
                added(filesystem, copy.tree());
            }
            case BIND -> bind(filesystem, ground);
            default -> {
                try (Fd folder = ground.spot(true)) {
                    sources.mount(filesystem, folder);
                } catch (ErrnoException e) {
                    throw cannotMakePoint(filesystem.target(), e);
                }
                MountTree mounted = MountTree.at(ground.top());
                tree.keep(mounted);
                added(filesystem, mounted);
            }
        }
    }

    /**
     * A part of the guest's own tree, including the file systems mounted before. Mounts below it are left out: a tree
     * that is bound into itself again and again would double each time.
     */
    private void bind(Filesystem filesystem, Ground ground) throws IOException {
        try (Fd from = tree.inside().open(filesystem.source(), OpenFlags.O_PATH, 0)) {
            Path at = from.path();
            Layer holder = null;
            List<Path> others = new ArrayList<>();
            for (Layer layer : layers) {
                Path top = layer.top().path();
                if (at.startsWith(top)) {
                    holder = layer;
                } else {
                    others.add(top);
                }
            }
            boolean readOnly = filesystem.readOnly()
                    || holder != null && holder.filesystem().readOnly();
            List<MountEntry> below = below(at, others);
            MountTree bound = copyOf(from, readOnly);
            attach(bound, ground, filesystem);
            for (MountEntry entry : below) {
                Path inner = at.relativize(entry.target());
                try (Fd mounted = tree.inside()
                                .open(place.relativize(entry.target()).toString(), OpenFlags.O_PATH, 0);
                        Fd spot = ground.below(inner.toString()).top()) {
                    copyOf(mounted, readOnly).attach(spot);
                }
            }
            layers.add(new Layer(filesystem, bound.top()));
        } catch (ErrnoException e) {
            String what = e.errno() == Errno.ENOENT ? "does not exist in its root" : "of its root: " + e.words();
            throw new IOException("its filesystem source %s %s".formatted(filesystem.source(), what), e);
        }
    }

    /** The mounts that were there before the guest's own file systems, outer ones first. */
    private static List<MountEntry> below(Path at, List<Path> others) throws IOException {
        List<MountEntry> found = new ArrayList<>();
        for (MountEntry entry : MountTable.own().entries()) {
            Path target = entry.target();
            if (target.startsWith(at) && !target.equals(at) && others.stream().noneMatch(target::startsWith)) {
                found.add(entry);
            }
        }
        return found;
    }

    private MountTree copyOf(Fd place, boolean readOnly) throws ErrnoException {
        MountTree copy = MountTree.copy(place, false);
        tree.keep(copy);
        copy.makePrivate();
        if (readOnly) {
            copy.set(MountFlag.READ_ONLY, false);
        }
        return copy;
    }

    /**
     * Makes the mounts below a read-only source read-only now. The source itself follows once its mount points are
     * made.
     */
    private static void prepare(Filesystem filesystem, MountTree copy) throws ErrnoException {
        if (filesystem.readOnly()) {
            boolean held = copy.flags().contains(MountFlag.READ_ONLY);
            copy.set(MountFlag.READ_ONLY, true);
            if (!held) {
                copy.clear(MountFlag.READ_ONLY);
            }
        }
    }

    private void added(Filesystem filesystem, MountTree top) throws ErrnoException {
        layers.add(new Layer(filesystem, top.top()));
        if (filesystem.readOnly() && !top.flags().contains(MountFlag.READ_ONLY)) {
            unsealed.add(top);
        }
    }

    private void attach(MountTree mount, Ground ground, Filesystem filesystem) throws IOException {
        boolean folder = FileStat.of(mount.top()).isFolder();
        try (Fd spot = ground.spot(folder)) {
            if (FileStat.of(spot).isFolder() != folder) {
                throw mismatch(filesystem);
            }
            mount.attach(spot);
        } catch (ErrnoException e) {
            throw e.errno() == Errno.ENOTDIR ? mismatch(filesystem) : cannotMakePoint(filesystem.target(), e);
        }
    }

    private static IOException mismatch(Filesystem filesystem) {
        return new IOException("cannot mount %s on its %s: one is a folder, the other is not"
                .formatted(filesystem.source(), filesystem.target()));
    }

    /** Pools and other mounts that the daemon has made below a folder of the host, and that the host does not see. */
    private void addOwn(HostMounts.Copy copy, Ground ground, boolean readOnly) throws IOException {
        for (Path own : copy.own()) {
            try (Fd mounted = Fd.open(own, OpenFlags.O_PATH);
                    Fd spot = ground.below(copy.place().relativize(own).toString())
                            .top()) {
                if (FileStat.of(mounted).isSameFile(FileStat.of(spot))) {
                    continue; // the same as on the host
                }
                MountTree part = copyOf(mounted, readOnly);
                part.attach(spot);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) { // another file is there on the host now
                    throw new IOException("cannot mount %s in the container: %s".formatted(own, e.words()), e);
                }
            }
        }
    }

    private void finish(MountTree top) throws ErrnoException {
        for (MountTree each : unsealed) {
            tree.seal(each);
        }
        Set<MountFlag> flags = top.flags();
        if (crun && plan.users().mapped() && flags.equals(EnumSet.of(MountFlag.READ_ONLY))) {
            // crun 1.8 may not make a remount writable in a user namespace, and it only notices that if there is one of
            // the other flags.
            top.set(MountFlag.NO_DEVICES, false);
        }
        tree.rootHas(flags);
    }

    private IOException cannotMakePoint(String target, ErrnoException e) {
        return new IOException(
                "cannot make the mount point %s in its root %s: %s".formatted(target, plan.rootName(), e.words()), e);
    }
}
