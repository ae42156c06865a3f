package io.fairlead.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which cases are run a second time on a kernel with pure cgroup v2: those that touch control groups on their way. */
public final class CasesForCgroupV2 {
    private static final List<Class<?>> CLASSES = List.of(InsideTest.class, GuestTest.class);

    private CasesForCgroupV2() {}

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
