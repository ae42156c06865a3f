package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.storage.driver.ImportLimits;
import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.LayerStoreContract;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.layer.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers in a folder, on each kind of file system that it may lie on. */
abstract class DirectoryLayersContract extends LayerStoreContract {
    private final PoolDriver driver = DirectoryDriver.all().get(0);
    protected PoolBackend pool;

    /** An existing folder on the file system under test; the same at every call. */
    protected abstract Path scratch() throws IOException;

    private PoolSpec spec() throws IOException {
        UUID uuid = UUID.fromString("00000000-0000-4000-8000-00000000000a");
        return new PoolSpec(uuid, "p1", "dir", PoolSpec.Source.NONE, Optional.of(folder()), Permissions.DEFAULT);
    }

    protected final Path folder() throws IOException {
        return scratch().resolve("pool");
    }

    @BeforeEach
    void startPool() throws IOException {
        driver.build(spec(), PoolDriver.Build.PLAIN);
        pool = driver.start(spec());
    }

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    @Override
    protected PoolBackend pool() {
        return pool;
    }

    @Override
    protected void restart() throws IOException {
        pool.leave();
        pool = driver.start(spec());
    }

    @Override
    protected void assertNoRemains() throws IOException {
        Set<String> expected = new HashSet<>(Set.of(".fairlead"));
        pool.scan().stream().map(VolumeFacts::name).forEach(expected::add);
        try (Stream<Path> entries = Files.list(folder())) {
            entries.map(path -> path.getFileName().toString())
                    .filter(name -> !expected.contains(name))
                    .findAny()
                    .ifPresent(name -> {
                        throw new AssertionError(name + " is left");
                    });
        }
        Set<String> used = new HashSet<>();
        for (String kind : List.of("trees", "frozen")) {
            for (Path record : PoolFolder.children(folder().resolve(".fairlead").resolve(kind))) {
                used.addAll(new TreeRecord(record).layers());
            }
        }
        Set<String> contents = new HashSet<>();
        PoolFolder.children(folder().resolve(".fairlead/layers"))
                .forEach(path -> contents.add(path.getFileName().toString()));
        assertEquals(used, contents);
        assertEquals(
                layers().all().stream().map(Layer::id).toList(),
                PoolFolder.children(folder().resolve(".fairlead/frozen")).stream()
                        .map(path -> path.getFileName().toString())
                        .sorted()
                        .toList());
    }

    /** One file of a gibibyte: more than any of the file systems has. */
    @Test
    void importTar_whenTheFileSystemIsFull_saysSoAndLeavesNothing() throws Exception {
        byte[] header = new TarBuilder()
                .pax("size", String.valueOf(1L << 30))
                .file("endless", new byte[0])
                .bytes();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int at, int count) {
                Arrays.fill(into, at, at + count, (byte) 'x');
                return count;
            }
        };
        InputStream tar = new SequenceInputStream(new ByteArrayInputStream(header, 0, header.length - 1024), endless);
        importBase(new TarBuilder().file("base", "x"));
        long before = pool.usage().allocationBytes();

        EngineException refusal = assertThrows(
                EngineException.class, () -> layers().importTar(UPPER, Optional.of(BASE), tar, ImportLimits.DEFAULT));

        assertEquals(ErrorCode.SYSTEM_ERROR, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("No space left on device"), refusal.getMessage());
        assertNoRemains();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (pool.usage().allocationBytes() > before + (50 << 20)) { // btrfs gives space back in the background
            assertTrue(System.nanoTime() < deadline, "space is lost");
            DurableFile.syncFileSystem(folder());
            Thread.sleep(50);
        }
        importUpper(new TarBuilder().file("upper", "x"));
    }
}
