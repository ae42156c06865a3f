package io.fairlead.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which cases are run on another kernel, and why there. */
public final class CasesForUml {
    private CasesForUml() {}

    /** Those that touch control groups on their way: that kernel has pure cgroup v2. */
    public static List<String> guests() {
        return names(InsideTest.class, GuestTest.class, MountTest.class);
    }

    /** Those on thin pools: that kernel has the device mapper. */
    public static List<String> thinPools() {
        return names(ThinVolumeCases.class, ThinMetricsCases.class);
    }

    /** Those on network file systems: that kernel serves and mounts NFS. */
    public static List<String> networkPools() {
        return names(NetworkPoolCases.class);
    }

    /** Whole systems, on each layout of control groups that this machine does not have. */
    public static List<String> systems() {
        return names(SystemdCases.class);
    }

    private static List<String> names(Class<?>... classes) {
        return Stream.of(classes).map(Class::getName).toList();
    }

    /** Empty if they can run there. */
    public static String reasonAgainst() {
        String reason = Cases.reasonAgainstFairlead();
        boolean kernel =
                Stream.of("/usr/bin/linux.uml", "/usr/bin/linux").anyMatch(name -> Files.exists(Path.of(name)));
        return !reason.isEmpty() ? reason : kernel ? "" : "package user-mode-linux is not installed";
    }
}
