package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Filesystem;
import io.fairlead.backend.bundle.GuestPlan.FilesystemKind;
import io.fairlead.linux.mount.FileSystemType;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The folder that becomes the guest's root; what is not a folder is mounted first. */
record GuestRoot(Path path, boolean readOnly) {
    private static final Filesystem HOST = new Filesystem(FilesystemKind.MOUNT, "/", null, "/", false, 0);

    /** What the guest gets of its own, so that the host's must not lie below. */
    private static final List<String> REPLACED = List.of("sys", "proc", "dev");

    static GuestRoot of(GuestPlan plan, Bundle bundle, Path mountPoint) throws IOException {
        Filesystem root = plan.filesystems().stream()
                .filter(Filesystem::isRoot)
                .findFirst()
                .orElse(HOST);
        if (root.kind() == FilesystemKind.MOUNT && !root.source().equals("/")) {
            Path folder = Path.of(root.source());
            if (!Files.isDirectory(folder)) {
                throw new IOException("its root %s is not a folder".formatted(folder));
            }
            return new GuestRoot(folder, root.readOnly());
        }
        Files.createDirectories(mountPoint);
        if (!plan.userIds().isEmpty()) {
            // Its root passes the folder above, which is nobody else's to read, on its way here.
            Files.setPosixFilePermissions(mountPoint.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }
        mount(root, bundle, mountPoint);
        bundle.rootMounted(mountPoint);
        return new GuestRoot(mountPoint, root.readOnly());
    }

    private static void mount(Filesystem root, Bundle bundle, Path mountPoint) throws IOException {
        switch (root.kind()) {
            case MOUNT -> bindHost(mountPoint);
            case RAM -> Mounts.mount(
                    "tmpfs",
                    mountPoint,
                    "tmpfs",
                    EnumSet.of(MountFlag.NO_SUID, MountFlag.NO_DEVICES),
                    "size=" + root.sizeBytes());
            case FILE -> device(bundle.attach(Path.of(root.source()), root.readOnly()), root.readOnly(), mountPoint);
            case BLOCK -> device(Path.of(root.source()), root.readOnly(), mountPoint);
            case VOLUME -> throw new IllegalStateException("volume %s is not ready".formatted(root.volume()));
            case BIND -> throw new IOException(
                    "its root cannot be the bind of %s, which lies in that root".formatted(root.source()));
        }
    }

    // pivot_root refuses the root it has; a bind of it somewhere else it takes. Private at once: what is unmounted here
    // later
    // must not be unmounted on the host.
    private static void bindHost(Path mountPoint) throws IOException {
        Mounts.bind(Path.of("/"), mountPoint, true, false);
        Mounts.propagation(mountPoint, MountFlag.PRIVATE, true);
        for (String replaced : REPLACED) {
            // The kernel refuses to mount a sysfs upon itself.
            Mounts.unmountBelow(mountPoint.resolve(replaced));
        }
    }

    private static void device(Path device, boolean readOnly, Path mountPoint) throws IOException {
        Set<MountFlag> flags = readOnly ? EnumSet.of(MountFlag.READ_ONLY) : EnumSet.noneOf(MountFlag.class);
        Mounts.mount(device.toString(), mountPoint, typeOf(device), flags, "");
    }

    /** The file system on a device. @throws IOException if it is none that we know */
    static String typeOf(Path device) throws IOException {
        return FileSystemType.probe(device)
                .orElseThrow(() -> new IOException("there is no file system that we know on " + device))
                .kernelName();
    }
}
