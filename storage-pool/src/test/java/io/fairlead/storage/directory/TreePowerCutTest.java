package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.linux.testing.UmlMachine;
import io.fairlead.linux.testing.UmlTests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cuts the power of a machine that makes, copies, writes, reverts and deletes trees and takes snapshots of them, boots
 * it again on the same disk, and checks that everything it had reported is there: one wait for the disk per change has
 * to be enough.
 */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"linux.uml", "mkfs.ext4", "mkfs.xfs"})
class TreePowerCutTest {
    private static final List<String> MODULES = List.of("loop", "overlay");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long DISK_BYTES = 400L << 20;
    private static final int CUTS = 3;
    private static final int LOAD_MILLIS_MAX = 2500;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void everythingReported_afterPowerCuts_isThere(String fileSystem) throws Exception {
        Path disk = scratch.resolve("disk");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        Command.of("mkfs." + fileSystem, "-q", disk.toString()).run().orThrow();
        Random random = new Random();
        for (int i = 1; i <= CUTS; i++) {
            try (UmlMachine machine = boot("load " + fileSystem)) {
                awaitUp(i, machine);
                Thread.sleep(random.nextInt(LOAD_MILLIS_MAX));
                assertTrue(machine.isOn(), () -> "it failed before the power was cut: " + failure());
                machine.cutPower();
            }
        }
        try (UmlMachine machine = boot("check " + fileSystem)) {
            assertEquals(0, machine.waitFor(LIMIT), this::failure);
        }
        assertTrue(lines("") > 10 * CUTS, "too little load to prove anything");
    }

    private UmlMachine boot(String what) throws IOException {
        Path folder = scratch.toRealPath();
        return UmlMachine.boot(folder, MODULES, UmlTests.javaCommand(TreePowerCutLoad.class, folder + " " + what));
    }

    /** Until it has checked the state after the last cut. */
    private void awaitUp(int times, UmlMachine machine) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (lines("up ") < times) {
            if (!machine.isOn() || System.nanoTime() > deadline) {
                fail("%s\n%s".formatted(failure(), machine.console()));
            }
            Thread.sleep(50);
        }
    }

    private long lines(String kind) throws IOException {
        Path journal = scratch.resolve("journal");
        return Files.exists(journal)
                ? Files.readAllLines(journal).stream()
                        .filter(line -> line.startsWith(kind))
                        .count()
                : 0;
    }

    private String failure() {
        try {
            Path failure = scratch.resolve("failure");
            return Files.exists(failure) ? Files.readString(failure) : "it ended without a word";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
