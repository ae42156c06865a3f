package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.layer.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trees that are XFS; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.xfs", "xfs_growfs"})
class LogicalXfsTest extends LogicalPoolFixture {
    private static final long TREE_BYTES = 320 * MIB;

    @BeforeEach
    void startWithXfs() throws IOException {
        pool.stop();
        driver = new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test", ThinFileSystem.XFS);
        pool = driver.start(spec(disk("disk")));
    }

    @Test
    void tree_whenCopiedAndSnapshot_isMountedBesideItsOrigin() throws IOException {
        pool.create(tree("v1", TREE_BYTES));
        Path first = pool.activate("v1");
        Files.writeString(first.resolve("file"), "one");
        pool.copy(tree("v2", TREE_BYTES), "v1"); // of a mounted one: frozen for the moment
        pool.snapshots().take("v1", "0".repeat(32));
        Files.writeString(first.resolve("file"), "two");
        Path second = pool.activate("v2");

        assertEquals("xfs", MountTable.own().at(second).orElseThrow().type());
        assertEquals("two", Files.readString(first.resolve("file")));
        assertEquals("one", Files.readString(second.resolve("file")));
        pool.deactivate("v1");
        pool.snapshots().revert("v1", "0".repeat(32));
        assertEquals("one", Files.readString(pool.activate("v1").resolve("file")));
    }

    @Test
    void tree_whenGrownWhileMounted_hasTheRoom() throws IOException {
        pool.create(tree("v1", TREE_BYTES));
        Path root = pool.activate("v1");
        long before = Files.getFileStore(root).getTotalSpace();
        pool.resize("v1", 2 * TREE_BYTES, false);
        assertTrue(Files.getFileStore(root).getTotalSpace() > before + TREE_BYTES / 2);
    }

    @Test
    void mount_neverRetriesWithoutSpace() throws IOException {
        pool.create(tree("v1", TREE_BYTES));
        pool.activate("v1");
        try (Stream<Path> mounted = Files.list(Path.of("/sys/fs/xfs"))) {
            List<String> retries = mounted.filter(
                            path -> path.getFileName().toString().startsWith("dm-"))
                    .map(path -> read(path.resolve("error/metadata/ENOSPC/max_retries")))
                    .toList();
            assertEquals(List.of("0"), retries);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A tree beside its layers: XFS would refuse to mount what it takes for the same file system. */
    @Test
    void layers_importedAndComposed_areMountedBesideEachOther() throws IOException {
        String base = "1".repeat(32);
        String upper = "2".repeat(32);
        pool.layers()
                .importTar(base, Optional.empty(), new TarBuilder().file("a", "one").stream(), ImportLimits.DEFAULT);
        pool.layers().compose(tree("v1", 0), base);
        Path first = pool.activate("v1");
        TarBuilder tar = new TarBuilder().file(".wh.a", "").file("b", "two");
        pool.layers().importTar(upper, Optional.of(base), tar.stream(), ImportLimits.DEFAULT);
        pool.layers().compose(tree("v2", 0), upper);
        Path second = pool.activate("v2");

        assertEquals("xfs", MountTable.own().at(second).orElseThrow().type());
        assertEquals("one", Files.readString(first.resolve("a")));
        assertEquals("two", Files.readString(second.resolve("b")));
        assertFalse(Files.exists(second.resolve("a")));
    }

    @Test
    void create_whenTooSmall_saysHowMuchItTakes() {
        EngineException refused = assertThrows(EngineException.class, () -> pool.create(tree("v1", 64 * MIB)));
        assertTrue(refused.getMessage().contains("expected: at least 314572800"), refused.getMessage());
    }

    @Test
    void tree_whenMadeAsExt4Before_staysThat() throws IOException {
        pool.stop();
        PoolDriver before =
                new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test", ThinFileSystem.EXT4);
        pool = before.start(spec(disk("disk")));
        pool.create(tree("old", 64 * MIB));
        startWithXfs();
        Path old = pool.activate("old");
        assertEquals("ext4", MountTable.own().at(old).orElseThrow().type());
    }
}
