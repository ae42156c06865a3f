package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.JournaledFiles;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of {@link StateFiles#create}, on each file system: right after the call the disk holds the file, or the
 * journal to make it from. The test is not beside that class, whose module knows nothing of devices and mounts.
 */
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.BTRFS},
        programs = {"mkfs.ext4", "mkfs.xfs", "mkfs.btrfs", "cp"})
class NewFileDurabilityTest {
    private static final int FILES = 20;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @CsvSource({"ext4, 64", "xfs, 320", "btrfs, 128"})
    void create_whenThePowerGoesRightAfterwards_hasKeptEveryFile(String type, long mebibytes) throws IOException {
        cutPower(type, mebibytes, folder -> new DurableFiles());
    }

    @ParameterizedTest
    @CsvSource({"ext4, 64", "xfs, 320", "btrfs, 128"})
    void create_withAJournal_whenThePowerGoesRightAfterwards_hasKeptEveryFile(String type, long mebibytes)
            throws IOException {
        cutPower(type, mebibytes, JournaledFiles::open);
    }

    private interface Opener {
        StateFiles open(Path folder) throws IOException;
    }

    private void cutPower(String type, long mebibytes, Opener opener) throws IOException {
        Path atTheCut = scratch.toRealPath().resolve("at-the-cut");
        try (LoopMount disk = LoopMount.make(scratch, type, mebibytes << 20)) {
            Path folder = Files.createDirectory(disk.folder().resolve("domains"));
            StateFiles files = opener.open(disk.folder());
            for (int n = 0; n < FILES; n++) {
                files.create(folder.resolve("file" + n), content(n));
            }
            Files.write(folder.resolve("unsynced"), content(FILES)); // shows that this is a power cut indeed
            Path image = scratch.toRealPath().resolve("image." + type);
            Command.of("cp", "--sparse=auto", image.toString(), atTheCut.toString())
                    .run()
                    .orThrow();
            close(files);
        }
        Path folder = Files.createDirectory(scratch.toRealPath().resolve("after"));
        try (LoopDevice device = LoopDevices.attach(atTheCut, false)) {
            Mounts.mount(device.node().toString(), folder, type, Set.of(), "");
        }
        try {
            close(opener.open(folder));
            for (int n = 0; n < FILES; n++) {
                assertArrayEquals(content(n), Files.readAllBytes(folder.resolve("domains/file" + n)), type + " " + n);
            }
            assertFalse(Files.exists(folder.resolve("domains/unsynced")));
        } finally {
            Mounts.unmount(folder);
        }
    }

    private static void close(StateFiles files) throws IOException {
        if (files instanceof JournaledFiles journaled) {
            journaled.close();
        }
    }

    // From less than a block to several.
    private static byte[] content(int n) {
        return ("line of file " + n + "\n").repeat(1 + n * 50).getBytes(StandardCharsets.UTF_8);
    }
}
