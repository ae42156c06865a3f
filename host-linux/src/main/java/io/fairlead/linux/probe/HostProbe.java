package io.fairlead.linux.probe;

import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.host.Machine;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.process.Programs;
import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Looks at the host. */
public final class HostProbe {
    private final KernelModules modules;

    public HostProbe() throws IOException {
        modules = KernelModules.read();
    }

    /** Everything, in the order in which it is worth reading. */
    public List<Finding> all() throws IOException {
        List<Finding> findings = new ArrayList<>(kernel());
        findings.addAll(storage());
        findings.addAll(security());
        findings.addAll(limits());
        return findings;
    }

    /** A program on the PATH. */
    public static Finding program(String name, String debianPackage) {
        Optional<Path> found = Programs.find(name);
        return found.isPresent()
                ? Finding.of(name, true, found.get().toString())
                : new Finding(name, false, "not on the PATH", debianPackage);
    }

    private List<Finding> kernel() throws IOException {
        CgroupLayout layout = CgroupLayout.detect();
        String maximum = read("/proc/sys/user/max_user_namespaces");
        return List.of(
                Finding.of("kernel", true, Machine.runningKernel()),
                Finding.of(
                        "cgroups",
                        layout.kind() != CgroupLayout.Kind.NONE,
                        layout.kind() + " with " + String.join(" ", new TreeSet<>(layout.controllers()))),
                Finding.of(
                        "user namespaces",
                        Files.exists(Path.of("/proc/self/ns/user")) && !maximum.equals("0"),
                        maximum.isEmpty() ? "not in this kernel" : "at most " + maximum),
                modules.finding("nftables", "nf_tables", "nf_tables_newtable"),
                mounts(),
                program("nft", "nftables"));
    }

    /** systemd makes it shared; where it is not, the daemon's copy of the namespace hears nothing of new mounts. */
    private static Finding mounts() throws IOException {
        boolean shared = MountTable.own().at(Path.of("/")).stream()
                .flatMap(root -> root.propagation().stream())
                .anyMatch(each -> each.startsWith("shared:"));
        return Finding.of(
                "mounts",
                shared,
                shared ? "/ is shared" : "/ is not shared: what the host mounts does not reach the daemon");
    }

    private List<Finding> storage() throws IOException {
        return List.of(
                modules.filesystem("overlay"),
                modules.filesystem("btrfs"),
                modules.filesystem("xfs"),
                Files.exists(Path.of("/dev/loop-control"))
                        ? Finding.of("loop devices", true, "/dev/loop-control")
                        : modules.finding("loop devices", "loop", "loop_control_ioctl"),
                modules.finding("device-mapper thin", "dm-thin-pool", "dm_pool_create_thin"));
    }

    private static List<Finding> security() throws IOException {
        String actions = read("/proc/sys/kernel/seccomp/actions_avail");
        String modules = read("/sys/kernel/security/lsm");
        boolean appArmor = read("/sys/module/apparmor/parameters/enabled").equals("Y");
        boolean seLinux = Files.exists(Path.of("/sys/fs/selinux/enforce"));
        return List.of(
                Finding.of("seccomp", !actions.isEmpty(), actions.isEmpty() ? "not in this kernel" : actions),
                Finding.of("apparmor", appArmor, appArmor ? "enabled" : lsm(modules)),
                Finding.of("selinux", seLinux, seLinux ? "enabled" : lsm(modules)));
    }

    private static String lsm(String modules) {
        return "not enabled; security modules: " + (modules.isEmpty() ? "unknown" : modules);
    }

    private static List<Finding> limits() throws IOException {
        return List.of(limit("open files", Resource.NOFILE), limit("processes", Resource.NPROC));
    }

    private static Finding limit(String name, Resource resource) throws IOException {
        ResourceLimit limit = ResourceLimit.own(resource);
        return Finding.of("limit of " + name, true, "%s, at most %s".formatted(text(limit.soft()), text(limit.hard())));
    }

    private static String text(long limit) {
        return limit == ResourceLimit.UNLIMITED ? "unlimited" : Long.toString(limit);
    }

    private static String read(String file) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? KernelFile.readTrimmed(path) : "";
    }
}
