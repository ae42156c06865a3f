package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fairlead.core.store.DurableFiles;
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
 * What {@link DurableFiles#create} promises, on each file system whose log it relies on: the disk as it is the moment after
 * has the file. Here and not beside that class, which lives where nothing knows of devices and mounts.
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
        Path atTheCut = scratch.toRealPath().resolve("at-the-cut");
        try (LoopMount disk = LoopMount.make(scratch, type, mebibytes << 20)) {
            Path folder = Files.createDirectory(disk.folder().resolve("domains"));
            DurableFiles files = new DurableFiles();
            for (int n = 0; n < FILES; n++) {
                files.create(folder.resolve("file" + n), content(n));
            }
            Files.write(folder.resolve("unsynced"), content(FILES)); // shows that this is a power cut indeed
            Path image = scratch.toRealPath().resolve("image." + type);
            Command.of("cp", "--sparse=auto", image.toString(), atTheCut.toString())
                    .run()
                    .orThrow();
        }
        Path folder = Files.createDirectory(scratch.toRealPath().resolve("after"));
        try (LoopDevice device = LoopDevices.attach(atTheCut, false)) {
            Mounts.mount(device.node().toString(), folder, type, Set.of(), "");
        }
        try {
            for (int n = 0; n < FILES; n++) {
                assertArrayEquals(content(n), Files.readAllBytes(folder.resolve("domains/file" + n)), type + " " + n);
            }
            assertFalse(Files.exists(folder.resolve("domains/unsynced")));
        } finally {
            Mounts.unmount(folder);
        }
    }

    // From less than a block to several.
    private static byte[] content(int n) {
        return ("line of file " + n + "\n").repeat(1 + n * 50).getBytes(StandardCharsets.UTF_8);
    }
}
