package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.LoopMount;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP, HostFeature.BTRFS},
        programs = "mkfs.btrfs")
class BtrfsDirectoryDriverTest extends DirectoryDriverContract {
    @TempDir
    Path temporary;

    private LoopMount mount;

    @Override
    protected Path scratch() throws IOException {
        if (mount == null) {
            mount = LoopMount.make(temporary, "btrfs", 256L << 20);
        }
        return mount.folder();
    }

    @AfterEach
    void unmount() throws IOException {
        mount.close();
    }

    @Test
    void tree_whenItsSizeIsReached_takesNoMore() throws IOException {
        VolumeFacts small = pool.create(new VolumeSpec("small", 8 * MIB, 0, VolumeSpec.TREE, Permissions.DEFAULT));

        assertEquals(8 * MIB, small.capacityBytes());
        assertThrows(IOException.class, () -> Files.write(small.path().resolve("big"), new byte[32 << 20]));
        assertEquals(64 * MIB, pool.resize("small", 64 * MIB, false).capacityBytes());
        Files.write(small.path().resolve("big"), new byte[32 << 20]);
    }

    @Test
    void copy_whenTheFileSystemShares_takesNoSpace() throws IOException {
        pool.create(new VolumeSpec("v1", 64 * MIB, 0, VolumeSpec.RAW, Permissions.DEFAULT));
        try (var content = pool.open("v1", true)) {
            content.write(0, java.nio.ByteBuffer.allocate(48 << 20));
            content.sync();
        }
        long before = pool.usage().allocationBytes();

        pool.copy(new VolumeSpec("v2", 64 * MIB, 0, VolumeSpec.RAW, Permissions.DEFAULT), "v1");

        assertTrue(pool.usage().allocationBytes() - before < 8 * MIB);
    }

    @Test
    void revert_whenTheSizeHasChanged_givesBackTheOld() throws IOException {
        pool.create(new VolumeSpec("small", 8 * MIB, 0, VolumeSpec.TREE, Permissions.DEFAULT));
        Path tree = pool.facts("small").path();
        pool.snapshots().take("small", SNAPSHOT);
        pool.resize("small", 64 * MIB, false);

        pool.snapshots().revert("small", SNAPSHOT);

        assertEquals(8 * MIB, pool.facts("small").capacityBytes());
        assertThrows(IOException.class, () -> Files.write(tree.resolve("big"), new byte[32 << 20]));
    }

    @Test
    void revert_whenThereWasNoLimit_takesItAway() throws IOException {
        pool.create(tree("root"));
        pool.snapshots().take("root", SNAPSHOT);
        pool.resize("root", 8 * MIB, false);

        pool.snapshots().revert("root", SNAPSHOT);

        assertEquals(0, pool.facts("root").capacityBytes());
    }

    @Test
    void start_whenADaemonDiedTakingASnapshot_removesItsRest() throws IOException {
        Path tree = pool.create(tree("root")).path();
        pool.snapshots().take("root", SNAPSHOT);
        Subvolumes.freeze(tree, folder().resolve(".fairlead/snapshots/root/%s.new".formatted(LATER_SNAPSHOT)));

        pool.leave(); // it died
        pool = driver.start(spec());

        assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("root"));
        pool.snapshots().take("root", LATER_SNAPSHOT);
        pool.delete("root");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_whenADaemonDiedReverting_hasTheOldContentOrTheSnapshots(boolean exchanged) throws IOException {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("file"), "old");
        pool.snapshots().take("root", SNAPSHOT);
        Files.writeString(tree.resolve("file"), "new");
        Path unfinished = folder().resolve(".fairlead-new-dead-1");
        Subvolumes.snapshot(folder().resolve(".fairlead/snapshots/root").resolve(SNAPSHOT), unfinished);
        if (exchanged) {
            DurableFile.exchange(unfinished, tree);
        }

        pool.leave(); // it died
        pool = driver.start(spec());

        assertEquals(exchanged ? "old" : "new", Files.readString(tree.resolve("file")));
        pool.delete("root");
        assertNothingLeft();
    }

    @Test
    void revert_whenSubvolumesWereMadeInside_removesThem() throws IOException {
        Path tree = pool.create(tree("root")).path();
        pool.snapshots().take("root", SNAPSHOT);
        Subvolumes.create(tree.resolve("inner"));
        Files.writeString(tree.resolve("inner/file"), "x");

        pool.snapshots().revert("root", SNAPSHOT);

        assertFalse(Files.exists(tree.resolve("inner")));
        pool.delete("root");
        assertNothingLeft();
    }

    @Test
    void tree_whileActive_canBeCopied() throws IOException {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("file"), "x");
        pool.activate("root");

        assertEquals(
                "x", Files.readString(pool.copy(tree("copy"), "root").path().resolve("file")));
        pool.deactivate("root");
    }

    @Test
    void copy_hasThePermissionsThatAreAskedFor_elseItsOrigins() throws IOException {
        Permissions open = new Permissions(OptionalInt.of(0751), OptionalInt.of(7), OptionalInt.of(8));
        pool.create(new VolumeSpec("root", 0, 0, VolumeSpec.TREE, open));
        Permissions other = new Permissions(OptionalInt.of(0700), OptionalInt.of(7), OptionalInt.of(9));

        VolumeFacts same = pool.copy(new VolumeSpec("same", 0, 0, VolumeSpec.TREE, open), "root");
        VolumeFacts silent = pool.copy(tree("silent"), "root");
        VolumeFacts changed = pool.copy(new VolumeSpec("changed", 0, 0, VolumeSpec.TREE, other), "root");

        for (VolumeFacts copy : List.of(same, silent)) {
            assertEquals(List.of(0751, 7, 8), List.of(copy.mode(), copy.owner(), copy.group()), copy.name());
        }
        assertEquals(List.of(0700, 7, 9), List.of(changed.mode(), changed.owner(), changed.group()));
    }

    @Test
    void copies_madeByManyAtOnce_areAllThereAndWhole() throws IOException {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("file"), "x");

        IntStream.range(0, 40).parallel().forEach(i -> pool.copy(tree("copy" + i), "root"));

        assertEquals(41, pool.scan().size());
        IntStream.range(0, 40).forEach(i -> {
            Path copy = pool.facts("copy" + i).path();
            assertDoesNotThrow(() -> assertEquals("x", Files.readString(copy.resolve("file"))));
            pool.delete("copy" + i);
        });
        pool.delete("root");
        assertNothingLeft();
    }

    @Test
    void start_whenADaemonDiedMakingACopy_removesItsRest() throws IOException {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("file"), "x");
        Path own = Files.createDirectory(folder().resolve(".fairlead-new-dead-1"));
        Subvolumes.snapshot(tree, own.resolve("tree"));

        pool.leave(); // it died
        pool = driver.start(spec());

        assertFalse(Files.exists(own));
        pool.delete("root");
        assertNothingLeft();
    }
}
