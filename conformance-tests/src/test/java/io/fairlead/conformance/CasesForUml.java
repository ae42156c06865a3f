package io.fairlead.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which cases are run on another kernel: those that touch control groups on their way, since that kernel has pure
 * cgroup v2, those on thin pools, since it has the device mapper, and those on network file systems, since it serves
 * and mounts NFS.
 */
public final class CasesForUml {
    private static final List<Class<?>> CLASSES = List.of(
            InsideTest.class, GuestTest.class, ThinVolumeCases.class, ThinMetricsCases.class, NetworkPoolCases.class);

    private CasesForUml() {}

    public static List<String> names() {
        return CLASSES.stream().map(Class::getName).toList();
    }

    /** Empty if they can run there. */
    public static String reasonAgainst() {
        String reason = Cases.reasonAgainstFairlead();
        boolean kernel =
                Stream.of("/usr/bin/linux.uml", "/usr/bin/linux").anyMatch(name -> Files.exists(Path.of(name)));
        return !reason.isEmpty() ? reason : kernel ? "" : "package user-mode-linux is not installed";
    }
}
