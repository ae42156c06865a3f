package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Filesystem;
import io.fairlead.backend.bundle.OciSpec.Mount;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.cgroup.Hierarchy;
import io.fairlead.linux.file.RootedTree;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted in a guest: the kernel's file systems as libvirt's own driver has them, then the definition's, in its
 * order. The runtime makes missing mount points, and resolves every target beneath the root, so a link planted in a guest's
 * tree leads nowhere outside.
 */
final class GuestMountsPlan {
    private static final String V1_PRIVATE_TREE = "name=systemd";

    private final CgroupLayout layout;
    private final GuestPlan plan;
    private final RootedTree tree;
    private final Path root;
    private final String cgroup;

    GuestMountsPlan(CgroupLayout layout, GuestPlan plan, RootedTree tree, Path root, String cgroup) {
        this.layout = layout;
        this.plan = plan;
        this.tree = tree;
        this.root = root;
        this.cgroup = cgroup;
    }

    List<Mount> all(Bundle bundle) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
        // 64 KiB as libvirt's; it holds nodes, not data.
        mounts.add(new Mount("/dev", "tmpfs", "devfs", List.of("nosuid", "noexec", "mode=755", "size=65536")));
        mounts.add(new Mount(
                "/dev/pts",
                "devpts",
                "devpts",
                List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=" + ttyGroup())));
        mounts.add(new Mount("/dev/shm", "tmpfs", "shm", List.of("nosuid", "nodev", "noexec", "mode=1777")));
        mounts.add(sysfs());
        addCgroups(mounts);
        for (Filesystem filesystem : plan.filesystems()) {
            if (!filesystem.isRoot()) {
                mounts.add(mount(filesystem, bundle));
            }
        }
        return mounts;
    }

    // Group 5 is tty on every Linux; a user namespace may not have it.
    private long ttyGroup() {
        boolean mapped = plan.groupIds().isEmpty()
                || plan.groupIds().stream().anyMatch(range -> range.start() <= 5 && 5 < range.start() + range.count());
        return mapped ? 5 : 0;
    }

    // sysfs may only be mounted by who owns the network namespace; a user namespace beside the host's network does not.
    private Mount sysfs() {
        boolean ownsNetwork = plan.userIds().isEmpty() || plan.privateNetwork();
        return ownsNetwork
                ? new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro"))
                : new Mount("/sys", "none", "/sys", List.of("rbind", "nosuid", "noexec", "nodev", "ro"));
    }

    // The guest's own groups. Of v1 readable only, since writing would lift its limits, but for the tree without
    // controllers, in
    // which a systemd keeps its services. Of v2 what a systemd needs: its limits are protected by the namespace, if the
    // host
    // mounted it so, by their owner, if the guest has users of its own, or else by GuestLimitFiles.
    private void addCgroups(List<Mount> mounts) {
        List<String> options = List.of("nosuid", "noexec", "nodev", "relatime", layout.unified() ? "rw" : "ro");
        mounts.add(new Mount("/sys/fs/cgroup", "cgroup", "cgroup", options));
        Optional<Hierarchy> systemd = layout.with(V1_PRIVATE_TREE);
        if (!layout.unified() && systemd.isPresent()) {
            mounts.add(new Mount(
                    "/sys/fs/cgroup/systemd",
                    "bind",
                    systemd.get().folder(cgroup).toString(),
                    List.of("bind", "nosuid", "noexec", "nodev", "rw")));
        }
    }

    private Mount mount(Filesystem filesystem, Bundle bundle) throws IOException {
        String target = filesystem.target();
        String mode = filesystem.readOnly() ? "ro" : "rw";
        return switch (filesystem.kind()) {
            case MOUNT -> bind(target, existing(filesystem.source()), mode);
            case BIND -> bind(target, inside(filesystem.source()), mode);
            case RAM -> new Mount(
                    target, "tmpfs", "tmpfs", List.of("nosuid", "nodev", "size=" + filesystem.sizeBytes(), mode));
            case FILE -> device(
                    bundle.attach(Path.of(existing(filesystem.source())), filesystem.readOnly()), filesystem, bundle);
            case BLOCK -> device(Path.of(existing(filesystem.source())), filesystem, bundle);
            case VOLUME -> throw new IllegalStateException("volume %s is not ready".formatted(filesystem.volume()));
        };
    }

    private static Mount device(Path device, Filesystem filesystem, Bundle bundle) throws IOException {
        bundle.mountInside(device, filesystem.readOnly());
        String mode = filesystem.readOnly() ? "ro" : "rw";
        return new Mount(filesystem.target(), GuestRoot.typeOf(device), device.toString(), List.of(mode));
    }

    private static Mount bind(String target, String source, String mode) {
        return new Mount(target, "bind", source, List.of("rbind", "rprivate", mode));
    }

    private static String existing(String source) throws IOException {
        if (!Files.exists(Path.of(source))) {
            throw new IOException("its filesystem source %s does not exist".formatted(source));
        }
        return source;
    }

    /** Where a path of the guest's tree really lies, with its links followed inside the tree. */
    private String inside(String source) throws IOException {
        try (Fd found = tree.open(source, OpenFlags.O_PATH, 0)) {
            Path path = Files.readSymbolicLink(Path.of("/proc/self/fd/" + found.number()));
            if (!path.startsWith(root.toRealPath())) {
                throw new IOException("its filesystem source %s leads out of its root".formatted(source));
            }
            return path.toString();
        } catch (ErrnoException e) {
            throw new IOException("its filesystem source %s does not exist in its root".formatted(source), e);
        }
    }
}
