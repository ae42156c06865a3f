package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.storage.driver.Layer;
import io.fairlead.storage.driver.LayerStoreContract;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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
}
