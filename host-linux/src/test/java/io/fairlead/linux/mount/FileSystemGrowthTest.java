package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
class FileSystemGrowthTest {
    @TempDir
    Path scratch;

    private Path image;
    private Path mounted;

    @BeforeEach
    void makeFolder() throws IOException {
        image = scratch.toRealPath().resolve("image");
        mounted = Files.createDirectory(scratch.toRealPath().resolve("mounted"));
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.unmountBelow(mounted);
    }

    /** ThinVolumeCases tests ext4, which asks for a capability that not every host gives. */
    @ParameterizedTest
    @CsvSource({"xfs,320", "btrfs,128"})
    void fillWhereMounted_whenTheDeviceHasGrown_growsTheFileSystemWithItsFiles(String type, int mebibytes)
            throws IOException {
        try (LoopDevice device = attach(type, mebibytes)) {
            Mounts.mount(device.node().toString(), mounted, type, Set.of(), "");
            Files.writeString(mounted.resolve("file"), "kept");
            long before = FileSystemSize.of(mounted).totalBytes();
            grow(device, 2 * mebibytes);
            assertTrue(FileSystemGrowth.fillWhereMounted(device.node()));
            long after = FileSystemSize.of(mounted).totalBytes();
            assertTrue(after > before + before / 2, before + " bytes, then " + after);
            assertEquals("kept", Files.readString(mounted.resolve("file")));
            assertEquals(1, mounts(device));
        }
    }

    @Test
    void fillWhereMounted_whenNobodyHasMountedIt_leavesItAsItWas() throws IOException {
        try (LoopDevice device = attach("ext4", 32)) {
            grow(device, 64);
            assertFalse(FileSystemGrowth.fillWhereMounted(device.node()));
            Mounts.mount(device.node().toString(), mounted, "ext4", Set.of(), "");
            assertTrue(FileSystemSize.of(mounted).totalBytes() < 33L << 20);
        }
    }

    @Test
    void fillWhereMounted_whenItIsMountedReadOnly_leavesItAsItWas() throws IOException {
        try (LoopDevice device = attach("ext4", 32)) {
            Mounts.mount(device.node().toString(), mounted, "ext4", Set.of(MountFlag.READ_ONLY), "");
            grow(device, 64);
            assertFalse(FileSystemGrowth.fillWhereMounted(device.node()));
            assertTrue(FileSystemSize.of(mounted).totalBytes() < 33L << 20);
        }
    }

    @Test
    void fillWhereMounted_whenTheFileSystemCannotGrow_saysSoAndLeavesNoMount() throws IOException {
        try (LoopDevice device = attach("ext4", 32, "-O", "^resize_inode")) {
            Mounts.mount(device.node().toString(), mounted, "ext4", Set.of(), "");
            grow(device, 64);
            IOException refused =
                    assertThrows(IOException.class, () -> FileSystemGrowth.fillWhereMounted(device.node()));
            assertTrue(
                    refused.getMessage()
                            .startsWith(device.node() + " has grown, but the file system on it cannot: resize2fs"),
                    refused.getMessage());
            assertEquals(1, mounts(device));
        }
    }

    @Test
    void fill_whenTheKindNeverGrows_saysSo() {
        IOException refused = assertThrows(
                IOException.class, () -> FileSystemGrowth.fill(FileSystemType.SQUASHFS, Path.of("/dev/null"), mounted));
        assertEquals("squashfs cannot grow", refused.getMessage());
    }

    private static long mounts(LoopDevice device) throws IOException {
        String node = device.node().toString();
        return MountTable.own().entries().stream()
                .filter(entry -> entry.source().equals(node))
                .count();
    }

    private LoopDevice attach(String type, int mebibytes, String... options) throws IOException {
        setLength(mebibytes);
        List<String> command = new ArrayList<>(List.of("mkfs." + type, "-q"));
        command.addAll(List.of(options));
        command.add(image.toString());
        Command.of(command).run().orThrow();
        return LoopDevices.attach(image, false);
    }

    private void grow(LoopDevice device, int mebibytes) throws IOException {
        setLength(mebibytes);
        LoopDevices.adoptSize(device.index());
    }

    private void setLength(int mebibytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
            sparse.setLength((long) mebibytes << 20);
        }
    }
}
