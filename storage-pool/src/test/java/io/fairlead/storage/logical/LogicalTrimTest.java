package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The space of files deleted in a tree comes back to its pool; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "thin_check"})
class LogicalTrimTest extends LogicalPoolFixture {
    @Test
    void trim_whenFilesWereDeleted_givesTheirSpaceBackOfMountedTreesOnly() throws Exception {
        Path root = treeWithDeletedFile("t1");
        treeWithDeletedFile("t2");
        long first = pool.facts("t1").allocationBytes();
        pool.deactivate("t2");
        long second = pool.facts("t2").allocationBytes();
        assertTrue(first > 40 * MIB && second > 40 * MIB, "%d and %d".formatted(first, second));

        pool.trim();

        long after = pool.facts("t1").allocationBytes();
        assertTrue(after < 16 * MIB, "%d, from %d".formatted(after, first));
        assertEquals(second, pool.facts("t2").allocationBytes());
        assertEquals("kept", Files.readString(root.resolve("kept")));
    }

    private Path treeWithDeletedFile(String name) throws IOException {
        pool.create(tree(name, 128 * MIB));
        Path root = pool.activate(name);
        Files.writeString(root.resolve("kept"), "kept");
        Path file = root.resolve("file");
        Files.write(file, new byte[(int) (40 * MIB)], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.delete(file);
        // The file system frees deleted blocks when the transaction with the delete has ended.
        Command.of("sync", "-f", root.toString()).run().orThrow();
        return root;
    }

    @Test
    void trim_whileTreesAreUnmountedAndDeleted_isInNobodysWay() throws Exception {
        ExecutorService trimmer = Executors.newSingleThreadExecutor();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Integer> trims = trimmer.submit(() -> {
            int count = 0;
            for (; !enough.get(); count++) {
                pool.trim();
            }
            return count;
        });
        for (int i = 0; i < 20; i++) {
            pool.create(tree("t1", 64 * MIB));
            pool.activate("t1");
            pool.deactivate("t1");
            pool.delete("t1");
        }
        enough.set(true);

        assertTrue(trims.get(30, TimeUnit.SECONDS) > 0);
        trimmer.shutdown();
    }
}
