package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text in one pool's file: a start still reads the other files, and takes from that one its own pool or nothing.
 */
class PoolStoreFuzzTest {
    private static final UUID HURT = new UUID(1, 1);
    private static final StoragePoolDocument GOOD = pool("good", new UUID(2, 2));

    @TempDir
    static Path folder;

    private static StoragePoolDocument pool(String name, UUID uuid) {
        return StoragePoolDocument.parse(
                "<pool type='dir'><name>%s</name><uuid>%s</uuid><target><path>/a</path></target></pool>"
                        .formatted(name, uuid));
    }

    @MethodSource("seeds")
    @FuzzTest
    void load_whenAFileHoldsAnything_readsTheOthers(byte[] input) throws IOException {
        PoolStore store = new PoolStore(folder, folder.resolve("run"), new DurableFiles());
        Path file = folder.resolve("storage").resolve(HURT + ".xml");
        if (!Files.exists(file)) {
            store.save(GOOD);
        }
        Files.write(file, input);

        List<StoragePoolDocument> pools = store.loadDefinitions();

        assertTrue(pools.contains(GOOD));
        assertTrue(pools.size() <= 2);
        pools.stream().filter(pool -> !pool.equals(GOOD)).forEach(pool -> assertEquals(HURT, pool.uuid()));
    }

    static List<byte[]> seeds() {
        return List.of(
                pool("hurt", HURT).toXml().getBytes(StandardCharsets.UTF_8),
                GOOD.toXml().getBytes(StandardCharsets.UTF_8),
                "<!DOCTYPE pool [<\u00ff".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff});
    }
}
