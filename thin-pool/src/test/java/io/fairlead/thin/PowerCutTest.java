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
 * Cuts the power of a machine that creates, copies, writes and deletes volumes, boots it again on the same disks, and
 * checks that everything it had reported is there and sound, again and again.
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
        cutPower(5);
    }

    @Test
    @Tag("soak")
    void everythingReported_afterFiftyPowerCuts_isThereAndSound() throws Exception {
        cutPower(50);
    }

    private void cutPower(int times) throws IOException, InterruptedException {
        disk("data", 512L << 20);
        disk("metadata", 8L << 20);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 1; i <= times; i++) {
            try (UmlMachine machine = boot("load")) {
                awaitUp(machine, i);
                Thread.sleep(random.nextInt(LOAD_MILLIS_MAX));
                assertTrue(machine.isOn(), () -> "it failed before the power was cut: " + failure());
                machine.cutPower();
            }
        }
        try (UmlMachine machine = boot("check")) {
            assertEquals(0, machine.waitFor(LIMIT), this::failure);
        }
        PowerCutJournal journal = new PowerCutJournal(scratch.resolve("journal"));
        assertTrue(journal.highestId() > times, "too little load to prove anything: " + journal.highestId());
    }

    private UmlMachine boot(String what) throws IOException {
        Path folder = scratch.toRealPath();
        return UmlMachine.boot(folder, MODULES, UmlTests.javaCommand(PowerCutLoad.class, folder + " " + what));
    }

    /** Until it has checked what the cut before left. */
    private void awaitUp(UmlMachine machine, int boots) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ups() < boots) {
            if (!machine.isOn() || System.nanoTime() > deadline) {
                fail("start %d: %s\n%s".formatted(boots, failure(), machine.console()));
            }
            Thread.sleep(50);
        }
    }

    private long ups() throws IOException {
        Path journal = scratch.resolve("journal");
        return Files.exists(journal)
                ? Files.readAllLines(journal).stream()
                        .filter(line -> line.startsWith("up "))
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
