package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process that makes, uses and deletes layers, again and again, and lets the next one find the pool. Every
 * layer that was reported is there and whole, and so is any that was not; nothing else is left.
 */
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.OVERLAY, HostFeature.BTRFS},
        programs = {"mkfs.ext4", "mkfs.btrfs"})
class LayerKillTest {
    private static final List<String> STEPS = List.of(
            "mkdir",
            "rename",
            "renameat2",
            "symlink",
            "mount",
            "umount2",
            "open_tree",
            "syncfs",
            "fsync",
            "rmdir",
            "unlink",
            "ioctl");
    private static final int KILLS = 6;
    private static final int LOAD_MILLIS_MAX = 600;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "btrfs"})
    void layers_afterKills_areWholeOrNotThere(String fileSystem) throws Exception {
        Random random = new Random();
        try (LoopMount mount = LoopMount.make(scratch, fileSystem, 400L << 20)) {
            Path folder = mount.folder().resolve("pool");
            Path journal = scratch.resolve("journal");
            PoolDriver driver = DirectoryDriver.all().get(0);
            driver.build(LayerKillLoad.spec(folder), PoolDriver.Build.PLAIN);
            for (int kill = 0; kill < KILLS; kill++) {
                load(folder, journal, 1 + 10_000 * kill, random.nextInt(LOAD_MILLIS_MAX));
                PoolBackend pool = driver.start(LayerKillLoad.spec(folder));
                check(pool, Files.readAllLines(journal));
                pool.stop();
                assertTrue(MountTable.own().below(folder).isEmpty());
            }
            assertTrue(Files.readAllLines(journal).size() > 5 * KILLS, "too little load to prove anything");
        }
    }

    /** At each system call that changes names, mounts or what is on the disk: some fifty kills on each. */
    @Tag("soak")
    @NeedsHost(programs = "strace")
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "btrfs"})
    void layers_afterAKillAtAnyStep_areWholeOrNotThere(String fileSystem) throws Exception {
        try (LoopMount mount = LoopMount.make(scratch, fileSystem, 400L << 20)) {
            Path folder = mount.folder().resolve("pool");
            PoolDriver driver = DirectoryDriver.all().get(0);
            driver.build(LayerKillLoad.spec(folder), PoolDriver.Build.PLAIN);
            int kills = 0;
            for (String call : STEPS) {
                int first = 3; // a multiple of 3, so that its layers are deleted
                for (int n = 1; isKilledAt(call, n, folder, first); n++) {
                    checkAndClear(driver, folder, call + " " + n);
                    kills++;
                }
                checkAndClear(driver, folder, call);
            }
            assertTrue(kills > 40, kills + " kills");
        }
    }

    private void checkAndClear(PoolDriver driver, Path folder, String step) throws IOException {
        Path journal = scratch.resolve("journal");
        PoolBackend pool = driver.start(LayerKillLoad.spec(folder));
        try {
            check(pool, Files.exists(journal) ? Files.readAllLines(journal) : List.of());
        } catch (AssertionError e) {
            throw new AssertionError("killed at " + step, e);
        }
        for (boolean again = true; again; ) {
            again = false;
            for (Layer layer : pool.layers().all()) {
                boolean parent = pool.layers().all().stream()
                        .anyMatch(other ->
                                other.parent().filter(layer.id()::equals).isPresent());
                again |= parent;
                if (!parent) {
                    pool.layers().delete(layer.id());
                }
            }
        }
        pool.stop();
        for (String kind : List.of("trees", "layers", "frozen")) {
            assertEquals(
                    List.of(), PoolFolder.children(folder.resolve(".fairlead").resolve(kind)), step);
        }
        Files.deleteIfExists(journal);
    }

    /** Lets one round run. False if it was over before the n-th of these calls. */
    private boolean isKilledAt(String call, int n, Path folder, int first) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call));
        command.addAll(List.of("-e", "inject=%s:signal=SIGKILL:when=%d".formatted(call, n)));
        command.addAll(java(folder, scratch.resolve("journal"), first, 1));
        Process load = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile())
                .start();
        assertTrue(load.waitFor(1, TimeUnit.MINUTES), "it hangs at %s %d".formatted(call, n));
        assertTrue(load.exitValue() == 0 || load.exitValue() == 128 + 9 || load.exitValue() == 9, () -> "%s %d: %s"
                .formatted(call, n, read(scratch.resolve("output"))));
        return load.exitValue() != 0;
    }

    private static List<String> java(Path folder, Path journal, int first, int rounds) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LayerKillLoad.class.getName(),
                folder.toString(),
                journal.toString(),
                String.valueOf(first),
                String.valueOf(rounds));
    }

    private void load(Path folder, Path journal, int first, int millis) throws Exception {
        Path output = scratch.resolve("output");
        Process load = new ProcessBuilder(java(folder, journal, first, 10_000))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (!Files.exists(journal) || !Files.readString(journal).contains("up " + first + "\n")) {
                assertTrue(load.isAlive() && System.nanoTime() < deadline, () -> read(output));
                Thread.sleep(5);
            }
            Thread.sleep(millis);
            assertTrue(load.isAlive(), () -> read(output));
        } finally {
            load.destroyForcibly().waitFor();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void check(PoolBackend pool, List<String> journal) throws IOException {
        Set<String> expected = new TreeSet<>();
        Set<String> possible = new TreeSet<>();
        for (String line : journal) {
            String subject = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("up")) {
                possible.clear();
                for (int i = 0; i < 3; i++) {
                    possible.add(LayerKillLoad.id(Integer.parseInt(subject) + i));
                }
            } else if (line.startsWith("made")) {
                expected.add(subject);
            } else if (expected.remove(subject)) {
                possible.clear(); // only the last thing is open
                possible.add(subject);
            }
        }
        Set<String> found = new TreeSet<>();
        for (Layer layer : pool.layers().all()) {
            found.add(layer.id());
            assertTrue(expected.contains(layer.id()) || possible.contains(layer.id()), layer + " was deleted");
            checkWhole(pool, layer);
        }
        assertTrue(found.containsAll(expected), () -> expected + " were reported, found " + found);
        for (VolumeFacts volume : pool.scan()) {
            pool.delete(volume.name()); // its maker did not come to that
        }
        found.removeAll(expected);
        for (Layer layer : pool.layers().all()) {
            if (found.contains(layer.id()) && layer.parent().isPresent()) {
                pool.layers().delete(layer.id());
            }
        }
        for (String layer : found) {
            pool.layers().delete(layer);
        }
        assertEquals(
                List.copyOf(expected),
                pool.layers().all().stream().map(Layer::id).toList());
    }

    private static void checkWhole(PoolBackend pool, Layer layer) throws IOException {
        pool.layers().compose(new VolumeSpec("look", 0, 0, VolumeSpec.TREE, Permissions.DEFAULT), layer.id());
        Path root = pool.activate("look");
        String last = Files.readString(root.resolve(LayerKillLoad.LAST));
        for (int file = 0; file < LayerKillLoad.FILES; file++) {
            boolean hidden = file == 0 && last.equals("upper");
            Path base = root.resolve("base" + file);
            assertEquals(!hidden, Files.exists(base), base.toString());
            if (last.equals("upper")) {
                assertEquals("content of " + file, Files.readString(root.resolve("upper" + file)));
            }
        }
        pool.deactivate("look");
        pool.delete("look");
    }
}
