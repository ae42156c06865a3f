package io.fairlead.daemon.doctor;

import io.fairlead.linux.probe.Finding;
import io.fairlead.linux.probe.HostProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Checks the kernel's features, and which of those that containers need are missing. */
final class HostCheck implements Check {
    /** Checks a host. */
    interface Probe {
        List<Finding> all() throws IOException;
    }

    // The loss for each feature that the kernel lacks. A feature that is not listed here costs only itself.
    private static final Map<String, String> NEEDED = Map.of("cgroups", "mount -t cgroup2 none /sys/fs/cgroup");
    private static final Map<String, String> CONSEQUENCES = Map.of(
            "mounts",
                    "pools do not see disks mounted after its start (containers do); mount --make-rshared / cures that",
            "user namespaces", "definitions with <idmap> cannot start",
            "seccomp", "containers run without a system call filter");

    private final Probe probe;

    HostCheck(Probe probe) {
        this.probe = probe;
    }

    static HostCheck own() {
        return new HostCheck(() -> new HostProbe().all());
    }

    @Override
    public String title() {
        return "Host";
    }

    @Override
    public List<Line> look() {
        try {
            return probe.all().stream().map(HostCheck::line).toList();
        } catch (IOException e) {
            return List.of(Line.problem("kernel", "cannot be looked at: " + e.getMessage(), "mount /proc and /sys"));
        }
    }

    private static Line line(Finding finding) {
        String name = finding.name();
        if (finding.present()) {
            return Line.ok(name, finding.detail());
        }
        if (NEEDED.containsKey(name)) {
            return Line.problem(name, finding.detail(), NEEDED.get(name));
        }
        String lost = CONSEQUENCES.containsKey(name) ? "; " + CONSEQUENCES.get(name) : "";
        return Line.note(
                name,
                finding.detail() + lost,
                finding.debianPackage().isEmpty() ? "" : "apt-get install " + finding.debianPackage());
    }
}
