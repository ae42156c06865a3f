package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power of a machine that creates, copies, writes and deletes volumes, takes snapshots of them and goes back
 * to those, boots it again on the same disks, and checks that everything it had reported is there and sound, again and
 * again.
 */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"linux.uml", "mkfs.ext4", "thin_check", "thin_dump"})
class PowerCutTest {
    private static final List<String> MODULES = List.of("dm-mod", "dm-thin-pool", "loop");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int LOAD_MILLIS_MAX = 3000;

    @TempDir
    private Path scratch;

    @Test
    void everythingReported_afterFivePowerCuts_isThereAndSound() throws Exception {
        cutPower(5, false);
    }

    @Test
    void everythingReported_afterPowerCutsOfAFullPool_isThereAndSound() throws Exception {
        cutPower(3, true);
    }

    @Test
    @Tag("soak")
    void everythingReported_afterFiftyPowerCuts_isThereAndSound() throws Exception {
        cutPower(50, false);
    }

    @Test
    @Tag("soak")
    void everythingReported_afterFiftyPowerCutsOfAFullPool_isThereAndSound() throws Exception {
        cutPower(50, true);
    }

    private void cutPower(int times, boolean full) throws IOException, InterruptedException {
        disk("data", full ? 160L << 20 : 512L << 20);
        disk("metadata", 8L << 20);
        String mode = full ? " full" : "";
        Random random = new Random();
        for (int i = 1; i <= times; i++) {
            long fullBefore = count("full ");
            try (UmlMachine machine = boot("load" + mode)) {
                await("up ", i, machine);
                if (full) {
                    await("full ", fullBefore + 1, machine);
                }
                Thread.sleep(random.nextInt(LOAD_MILLIS_MAX));
                assertTrue(machine.isOn(), () -> "it failed before the power was cut: " + failure());
                machine.cutPower();
            }
        }
        try (UmlMachine machine = boot("check" + mode)) {
            assertEquals(0, machine.waitFor(LIMIT), this::failure);
        }
        PowerCutJournal journal = new PowerCutJournal(scratch.resolve("journal"));
        assertTrue(journal.highestId() > times, "too little load to prove anything: " + journal.highestId());
        assertTrue(full || count("reverted ") > 0, "no volume was ever reverted");
    }

    private UmlMachine boot(String what) throws IOException {
        Path folder = scratch.toRealPath();
        return UmlMachine.boot(folder, MODULES, UmlTests.javaCommand(PowerCutLoad.class, folder + " " + what));
    }

    /** Until the journal has so many lines of a kind: "up" when it has checked the state after the last cut. */
    private void await(String kind, long lines, UmlMachine machine) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (count(kind) < lines) {
            if (!machine.isOn() || System.nanoTime() > deadline) {
                fail("%s%d: %s\n%s".formatted(kind, lines, failure(), machine.console()));
            }
            Thread.sleep(50);
        }
    }

    private long count(String kind) throws IOException {
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

    private void disk(String name, long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(scratch.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
    }
}
