package io.fairlead.conformance.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.CasesForUml;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import io.fairlead.linux.testing.UmlMachine;
import io.fairlead.linux.testing.UmlTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Cases on a kernel with pure cgroup v2 and the device mapper, which this machine need not have (package
 * user-mode-linux).
 *
 * <p>Each subclass boots a machine of its own, so that the build can run them at once: one CPU is all that a machine
 * has.
 */
abstract class UmlCases {
    private static final Duration LIMIT = Duration.ofMinutes(25);
    private static final List<String> MODULES = List.of("loop", "overlay", "veth", "dm-thin-pool", "nfsd", "nfsv4");

    private final List<String> classes;

    UmlCases(List<String> classes) {
        this.classes = classes;
    }

    static boolean canBoot() {
        return CasesForUml.reasonAgainst().isEmpty();
    }

    @Test
    @EnabledIf(value = "canBoot", disabledReason = "no Fairlead to run, or package user-mode-linux is not installed")
    void cases_whenRunOnAnotherKernel_pass() throws IOException, InterruptedException {
        Path directory = Scratch.newDirectory();
        prepare(directory);
        try (UmlMachine machine = UmlMachine.boot(directory, MODULES, command(directory))) {
            int status = machine.waitFor(LIMIT);
            Path report = directory.resolve("report");
            assertTrue(Files.exists(report), () -> console(machine));
            String text = Files.readString(report);
            System.out.println(text);
            String sum = text.lines().findFirst().orElse("");
            assertTrue(sum.endsWith(" failed 0"), () -> text + console(machine));
            assertFalse(sum.startsWith("passed 0"), text);
            assertEquals(0, status, text);
        } finally {
            Scratch.delete(directory);
        }
    }

    /** Makes files that the cases need in the machine's scratch folder. */
    void prepare(Path directory) {}

    /** A shell command for the machine, before the cases begin. */
    String setUp() {
        return "true";
    }

    /** Options of the virtual machine that runs the cases. */
    String options(Path directory) {
        return "";
    }

    private static String console(UmlMachine machine) {
        try {
            return machine.console();
        } catch (IOException e) {
            return "(no console: %s)".formatted(e.getMessage());
        }
    }

    /** What the cases write lies on tmpfs; the report goes out through the scratch folder. */
    private String command(Path directory) {
        // A rehearsal takes a processor for a minute there, and other machines run at the same time.
        String options = "-Djava.io.tmpdir=/run/tmp -Djna.tmpdir=/run/tmp -Dfairlead.rehearsal=false";
        return String.join(
                "\n",
                "mkdir -p /run/t; cd /run/tmp",
                setUp(),
                "export FAIRLEAD_BUILD=never FAIRLEAD_JAVA_OPTS='%s'".formatted(options),
                UmlTests.javaCommand(
                        CaseRunner.class,
                        directory.resolve("report") + " " + String.join(" ", classes),
                        options + " " + options(directory),
                        "-Dfairlead.launcher=" + FairleadServer.launcher(),
                        "-Dconformance.scratch=/run/t",
                        "-Dconformance.servers=fairlead"));
    }
}
