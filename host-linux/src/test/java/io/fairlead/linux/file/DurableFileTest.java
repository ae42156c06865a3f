package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @Test
    void write_whenAFileExists_replacesItWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        DurableFile.write(file, "old and long", 0644);
        DurableFile.write(file, "new", 0600);
        assertEquals("new", Files.readString(file));
        assertEquals(0600, FileStat.of(file).mode() & 0777);
        assertEquals(List.of(file), entries(folder));
    }

    @Test
    void write_whenTheFolderIsMissing_saysSo(@TempDir Path folder) {
        ErrnoException failure =
                assertThrows(ErrnoException.class, () -> DurableFile.write(folder.resolve("missing/file"), "x", 0644));
        assertEquals(Errno.ENOENT, failure.errno());
    }

    @Test
    @NeedsHost(HostFeature.ROOT)
    void write_whenTheDiskIsFull_keepsTheOldContentAndNothingElse(@TempDir Path folder) throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        Mounts.mount("none", small, "tmpfs", Set.of(), "size=64k");
        try {
            Path file = small.resolve("file");
            DurableFile.write(file, "old", 0644);
            ErrnoException full =
                    assertThrows(ErrnoException.class, () -> DurableFile.write(file, "x".repeat(1 << 20), 0644));
            assertEquals(Errno.ENOSPC, full.errno());
            assertEquals("old", Files.readString(file));
            assertEquals(List.of(file), entries(small));
        } finally {
            Mounts.unmount(small);
        }
    }

    @Test
    void delete_whenThereIsNone_saysSo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertTrue(DurableFile.delete(file));
        assertFalse(DurableFile.delete(file));
    }

    @Test
    void tryLock_whenSomebodyHoldsIt_isEmptyUntilTheyLetGo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lock");
        LockFile held = LockFile.tryLock(file).orElseThrow();
        try {
            assertTrue(LockFile.tryLock(file).isEmpty());
            Files.readAllBytes(file); // closing another descriptor would end a lock of the JDK
            assertTrue(LockFile.tryLock(file).isEmpty());
        } finally {
            held.close();
        }
        LockFile.tryLock(file).orElseThrow().close();
    }

    private static List<Path> entries(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    @Test
    void exchange_whenBothExist_tradesThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path tree = Files.createDirectories(folder.resolve("other/tree"));

        DurableFile.exchange(file, tree);

        assertTrue(Files.isDirectory(file));
        assertEquals("x", Files.readString(tree));
    }

    @Test
    void exchange_whenOneIsMissing_leavesTheOther(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");

        ErrnoException refusal =
                assertThrows(ErrnoException.class, () -> DurableFile.exchange(file, folder.resolve("missing")));

        assertEquals(Errno.ENOENT, refusal.errno());
        assertEquals("x", Files.readString(file));
    }
}
