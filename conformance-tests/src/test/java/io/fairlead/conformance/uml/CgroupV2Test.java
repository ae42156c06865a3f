package io.fairlead.conformance.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.CasesForCgroupV2;
import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Cases on a kernel with pure cgroup v2, which this machine need not have (package user-mode-linux). */
class CgroupV2Test {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    static boolean canBoot() {
        return CasesForCgroupV2.reasonAgainst().isEmpty();
    }

    @Test
    @EnabledIf(value = "canBoot", disabledReason = "no Fairlead to run, or package user-mode-linux is not installed")
    void cases_whenRunOnCgroupV2_pass() throws IOException {
        Path directory = Scratch.newDirectory();
        try {
            Path script = directory.resolve("init.sh");
            try (InputStream text =
                    CgroupV2Test.class.getResourceAsStream("/io/fairlead/conformance/scripts/uml_init.sh")) {
                Files.copy(text, script);
            }
            script.toFile().setExecutable(true, false);
            Files.writeString(directory.resolve("classpath"), classPath());
            Files.writeString(
                    directory.resolve("launcher"), FairleadServer.launcher().toString());
            Files.writeString(directory.resolve("classes"), String.join(" ", CasesForCgroupV2.names()));

            Outcome boot = Command.of(
                            "linux.uml",
                            "mem=2500M",
                            "root=/dev/root",
                            "rootfstype=hostfs",
                            "rootflags=/",
                            "ro",
                            "init=" + script,
                            "con=null",
                            "con0=fd:0,fd:1",
                            "quiet")
                    .within(LIMIT)
                    .run();

            Path report = directory.resolve("report");
            assertTrue(Files.exists(report), boot::toString);
            String text = Files.readString(report);
            assertTrue(
                    text.startsWith("passed ")
                            && text.lines().findFirst().orElse("").endsWith(" failed 0"),
                    () -> text + boot.out());
            assertEquals(false, text.startsWith("passed 0"), text);
        } finally {
            Scratch.delete(directory);
        }
    }

    /** Surefire starts its JVM with a jar that only names the others. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
