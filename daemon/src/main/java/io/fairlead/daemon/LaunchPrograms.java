package io.fairlead.daemon;

import io.fairlead.backend.launch.OciRuntime;
import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses the programs that launch containers. */
final class LaunchPrograms {
    private LaunchPrograms() {}

    static Path monitor(DaemonConfig config) {
        return config.monitor()
                .map(LaunchPrograms::existing)
                .or(() -> Programs.find("conmon"))
                .orElseThrow(() -> new ConfigException("conmon is missing: apt-get install conmon"));
    }

    /**
     * crun is the quicker one. It refuses hosts that mount both cgroup versions; there runc is used if it is installed.
     */
    static OciRuntime runtime(DaemonConfig config, CgroupLayout layout) {
        Optional<Path> crun = Programs.find("crun");
        Optional<Path> runc = Programs.find("runc");
        Optional<Path> best = layout.kind() == CgroupLayout.Kind.HYBRID ? runc.or(() -> crun) : crun.or(() -> runc);
        return config.runtime()
                .map(LaunchPrograms::existing)
                .or(() -> best)
                .map(LaunchPrograms::known)
                .orElseThrow(() -> new ConfigException("neither crun nor runc is there: apt-get install crun"));
    }

    private static OciRuntime known(Path program) {
        try {
            return OciRuntime.of(program);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static Path existing(Path program) {
        if (!Files.isExecutable(program)) {
            throw new ConfigException("there is no program %s".formatted(program));
        }
        return program;
    }
}
