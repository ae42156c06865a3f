package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.Mount;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.cgroup.Hierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mounts that the runtime makes in a guest's tree: the kernel's file systems, as libvirt's own driver mounts them,
 * and the definition's file systems below those. The others are in the tree already ({@link TreeAssembly}).
 */
final class GuestMountsPlan {
    private static final String V1_PRIVATE_TREE = "name=systemd";

    private final CgroupLayout layout;
    private final GuestPlan plan;
    private final GuestTree tree;
    private final String cgroup;

    GuestMountsPlan(CgroupLayout layout, GuestPlan plan, GuestTree tree, String cgroup) {
        this.layout = layout;
        this.plan = plan;
        this.tree = tree;
        this.cgroup = cgroup;
    }

    List<Mount> all() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
        // 64 KiB as in libvirt's driver; it contains nodes, not data.
        mounts.add(new Mount("/dev", "tmpfs", "devfs", List.of("nosuid", "noexec", "mode=755", "size=65536")));
        mounts.add(new Mount(
                "/dev/pts",
                "devpts",
                "devpts",
                List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=" + ttyGroup())));
        mounts.add(new Mount("/dev/shm", "tmpfs", "shm", List.of("nosuid", "nodev", "noexec", "mode=1777")));
        mounts.add(sysfs());
        addCgroups(mounts);
        mounts.addAll(tree.late());
        return mounts;
    }

    // Group 5 is tty on every Linux; a user namespace may not map it.
    private long ttyGroup() {
        boolean mapped = plan.users().groupIds().isEmpty()
                || plan.users().groupIds().stream()
                        .anyMatch(range -> range.start() <= 5 && 5 < range.start() + range.count());
        return mapped ? 5 : 0;
    }

    private Mount sysfs() {
        return plan.bindsSysfs()
                ? new Mount("/sys", "none", tree.sys().toString(), List.of("bind", "nosuid", "noexec", "nodev", "ro"))
                : new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro"));
    }

    // The guest's own groups. Those of v1 are read-only, because writing would lift the limits; only the tree without
    // controllers is writable, in which systemd keeps its services. Those of v2 are writable, as systemd needs them.
    // Their limits are protected by the namespace if the host mounted v2 so, by their owner if the guest has users of
    // its own, or else by GuestLimitFiles.
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
}
