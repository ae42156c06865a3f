package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./fairlead} on hosts that lack something. */
@OnFairlead
class LauncherTest {
    private Path directory;

    @BeforeEach
    void make() {
        directory = Scratch.newDirectory();
    }

    @AfterEach
    void remove() {
        Scratch.delete(directory);
    }

    @Test
    void doctor_whenNothingIsBuilt_looksAtPackagesAndWritesNothing() throws IOException {
        Path launcher = checkoutWithoutABuild();
        List<Path> before = files();

        Outcome outcome = Command.of(launcher.toString(), "doctor").run();

        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("ok  to run"), outcome.out());
        assertTrue(outcome.out().contains("Next: ./fairlead build"), outcome.out());
        assertEquals(before, files());
    }

    @Test
    void version_whenNothingIsBuilt_isThatOfTheSources() throws IOException {
        Path launcher = checkoutWithoutABuild();
        List<Path> before = files();

        String version = Command.of(launcher.toString(), "version").run().orFail();

        assertTrue(version.matches("fairlead [0-9.]+\\S*, not built\\s*"), version);
        assertEquals(before, files());
    }

    @Test
    void doctor_whenThereIsABuild_writesNothingIntoTheCheckout() throws IOException {
        Path lib = FairleadServer.launcher().resolveSibling("daemon/target/lib");
        List<String> before = stamps(lib);

        String report = launcher("doctor").run().out();

        assertTrue(report.contains("Programs"), report);
        assertEquals(before, stamps(lib));
        assertEquals(List.of(), files());
    }

    @Test
    void daemon_whenNeitherTmpNorHomeCanBeUsed_startsAllTheSame() throws Exception {
        Process daemon = launcher("daemon")
                .with("FAIRLEAD_JAVA_OPTS", "-Djava.io.tmpdir=/proc/none -Duser.home=/proc/none")
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", out.readLine());
        } finally {
            daemon.destroy();
            assertTrue(daemon.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void daemon_whenNativeLibrariesCannotBeLoaded_saysSoInOneLine() {
        for (String command : List.of("daemon", "doctor")) {
            Outcome outcome = launcher(command)
                    .with(
                            "FAIRLEAD_JAVA_OPTS",
                            "-Djna.boot.library.path=/proc/none -Djna.nounpack=true -Djna.nosys=true")
                    .run();

            assertEquals(1, outcome.exit());
            String last = outcome.err().strip().lines().reduce("", (one, other) -> other);
            assertTrue(last.startsWith("fairlead: a native library cannot be loaded: "), outcome.err());
            assertTrue(last.contains("FAIRLEAD_JAVA_OPTS"), last);
            assertFalse(outcome.err().contains("at io.fairlead.daemon.Main"), outcome.err());
        }
    }

    private Command launcher(String command) {
        return Command.of(FairleadServer.launcher().toString(), command, "--root", directory.toString())
                .with("FAIRLEAD_BUILD", "never");
    }

    private Path checkoutWithoutABuild() throws IOException {
        Path launcher = FairleadServer.launcher();
        for (String file : List.of("fairlead", "pom.xml")) {
            Files.copy(launcher.resolveSibling(file), directory.resolve(file));
        }
        Path copy = directory.resolve("fairlead");
        assertTrue(copy.toFile().setExecutable(true));
        return copy;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).sorted().toList();
        }
    }

    private static List<String> stamps(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted()
                    .map(file -> file + " " + file.toFile().lastModified())
                    .toList();
        }
    }
}
