package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Filesystem;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.FileSystemType;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.mount.MountFlag;
import io.fairlead.linux.mount.MountTree;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The sources of a guest's file systems: copies of the host's mounts, and new mounts of devices, files and memory. */
final class MountSources {
    private final GuestPlan plan;
    private final Bundle bundle;
    private final HostMounts host;

    MountSources(GuestPlan plan, Bundle bundle, HostMounts host) {
        this.plan = plan;
        this.bundle = bundle;
        this.host = host;
    }

    /** A folder or file of the host at this moment; the caller closes it. */
    HostMounts.Copy ofHost(Filesystem filesystem) throws IOException {
        String what = (filesystem.isRoot() ? "its root " : "its filesystem source ") + filesystem.source();
        HostMounts.Copy copy;
        try {
            copy = host.copy(Path.of(filesystem.source()));
        } catch (ErrnoException e) {
            throw new IOException(
                    e.errno() == Errno.ENOENT ? what + " does not exist" : "%s: %s".formatted(what, e.words()), e);
        }
        if (filesystem.isRoot() && !FileStat.of(copy.tree().top()).isFolder()) {
            copy.tree().close();
            throw new IOException(what + " is not a folder");
        }
        return copy;
    }

    /** Mounts a device, file or memory on a place. */
    void mount(Filesystem filesystem, Fd on) throws IOException {
        Path source = filesystem.source() == null ? null : Path.of(filesystem.source());
        switch (filesystem.kind()) {
            case RAM -> memory(filesystem, on);
            case FILE -> device(bundle.attach(source, filesystem.readOnly()), filesystem, on);
            case BLOCK -> device(source, filesystem, on);
            case VOLUME -> throw new IllegalStateException("volume %s is not ready".formatted(filesystem.volume()));
            case MOUNT, BIND -> throw new IOException(
                    "its root cannot be the bind of %s, which lies in that root".formatted(source));
        }
    }

    // It belongs to the guest's root, under that root's number on the host.
    private void memory(Filesystem filesystem, Fd on) throws IOException {
        String options = "size=%d,uid=%d,gid=%d"
                .formatted(
                        filesystem.sizeBytes(),
                        plan.users().hostUser(0),
                        plan.users().hostGroup(0));
        mount("tmpfs", on, "tmpfs", EnumSet.of(MountFlag.NO_SUID, MountFlag.NO_DEVICES), options, filesystem);
    }

    private void device(Path device, Filesystem filesystem, Fd on) throws IOException {
        Optional<FileSystemType> type;
        try {
            type = FileSystemType.probe(device);
        } catch (NoSuchFileException e) {
            throw new IOException("its filesystem source %s does not exist".formatted(filesystem.source()), e);
        }
        if (type.isEmpty()) {
            throw new IOException("there is no file system that we know on " + filesystem.source());
        }
        Set<MountFlag> flags =
                filesystem.readOnly() ? EnumSet.of(MountFlag.READ_ONLY) : EnumSet.noneOf(MountFlag.class);
        mount(device.toString(), on, type.get().kernelName(), flags, "", filesystem);
    }

    private static void mount(
            String source, Fd on, String type, Set<MountFlag> flags, String options, Filesystem filesystem)
            throws IOException {
        try {
            MountTree.mount(source, on, type, flags, options);
        } catch (ErrnoException e) {
            String named = filesystem.source() == null ? "memory" : filesystem.source();
            throw new IOException(
                    "cannot mount %s as %s on its %s: %s".formatted(named, type, filesystem.target(), e.words()), e);
        }
    }
}
