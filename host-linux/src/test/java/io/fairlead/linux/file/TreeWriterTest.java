package io.fairlead.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(HostFeature.ROOT)
class TreeWriterTest {
    @TempDir
    private Path scratch;

    private Path tree;
    private Path outside;
    private TreeWriter writer;

    @BeforeEach
    void open() throws Exception {
        tree = Files.createDirectory(scratch.resolve("tree"));
        outside = Files.createDirectory(scratch.resolve("outside"));
        try (Fd top = Fd.open(tree, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
            writer = new TreeWriter(top);
        }
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void write(String path, String content) throws ErrnoException {
        try (Fd file = writer.makeFile(writer.place(path))) {
            file.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void refused(int errno, Executable act) {
        assertEquals(errno, assertThrows(ErrnoException.class, act).errno());
    }

    @Test
    void place_whenFoldersAreMissing_makesThemForAll() throws Exception {
        write("a/b/c/file", "x");

        assertEquals("x", Files.readString(tree.resolve("a/b/c/file")));
        assertEquals(0755, FileStat.of(tree.resolve("a/b")).mode() & 07777);
        assertTrue(writer.existing("a/nope/file").isEmpty());
        assertTrue(writer.existing("a/b/c/file/below").isEmpty());
        assertFalse(Files.exists(tree.resolve("a/nope")));
    }

    @Test
    void place_whenALinkLeadsOut_staysInTheTree() throws Exception {
        Files.createSymbolicLink(tree.resolve("absolute"), outside);
        Files.createSymbolicLink(tree.resolve("up"), Path.of("../../../.."));
        Files.createSymbolicLink(tree.resolve("magic"), Path.of("/proc/self/root"));

        refused(Errno.EEXIST, () -> writer.place("absolute/file")); // it leads nowhere in here
        write("up/file", "x");
        refused(Errno.EEXIST, () -> writer.place("magic/file"));

        assertEquals("x", Files.readString(tree.resolve("file")));
        assertEquals(List.of(), names(outside));
    }

    private static List<String> names(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyMaking_whenALinkIsThere_doesNotFollowIt() throws Exception {
        Path victim = Files.writeString(outside.resolve("victim"), "x");
        Files.createSymbolicLink(tree.resolve("link"), victim);

        refused(Errno.EEXIST, () -> writer.makeFile(writer.place("link")));
        refused(Errno.EEXIST, () -> writer.makeFolder(writer.place("link")));
        refused(Errno.EEXIST, () -> writer.makeNode(writer.place("link"), FileStat.S_IFIFO, 0, 0));
        writer.dress(writer.place("link"), 12, 13, FileStat.S_IFLNK, Map.of(), Instant.ofEpochSecond(7));
        writer.makeHardLink(writer.place("second"), "link");

        FileStat stat = FileStat.of(victim);
        assertEquals(0, stat.user());
        assertTrue(stat.modified().isAfter(Instant.ofEpochSecond(7)));
        assertTrue(Files.isSymbolicLink(tree.resolve("second")));
        assertEquals(12, FileStat.ofLink(tree.resolve("link")).user());
        writer.remove(writer.place("link"));
        assertTrue(Files.exists(victim));
    }

    @Test
    void remove_whenTheLinkLedToOpenFolders_forgetsThem() throws Exception {
        write("real/first", "x");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("real"));
        write("link/second", "x");

        writer.remove(writer.place("link"));
        write("link/third", "x"); // into a new folder

        assertEquals(List.of("first", "second"), names(tree.resolve("real")));
        assertEquals(List.of("third"), names(tree.resolve("link")));
        writer.remove(writer.place("real"));
        assertFalse(Files.exists(tree.resolve("real"), LinkOption.NOFOLLOW_LINKS));
        write("real/fourth", "x");
        assertEquals(List.of("fourth"), names(tree.resolve("real")));
        assertEquals(List.of("fourth"), writer.names(writer.place("real")));
    }

    @Test
    void dress_givesOwnerModeTimeAndAttributes() throws Exception {
        write("file", "x");
        Instant when = Instant.ofEpochSecond(-5, 123456789);

        writer.dress(writer.place("file"), 70_000, -2, 06755, Map.of("user.a", new byte[] {0, -1}), when);

        FileStat stat = FileStat.of(tree.resolve("file"));
        assertEquals(List.of(70_000, -2, 06755), List.of(stat.user(), stat.group(), stat.mode() & 07777));
        assertEquals(when, stat.modified());
        assertEquals(2, ((byte[]) Files.getAttribute(tree.resolve("file"), "user:a")).length);
        writer.makeSymbolicLink(writer.place("link"), "file");
        Map<String, byte[]> some = Map.of("nonsense", new byte[0], "user.b", new byte[1]);
        assertEquals(List.of("nonsense"), writer.dress(writer.place("file"), 0, 0, 0644, some, when));
        assertEquals(
                2,
                writer.dress(writer.place("link"), 0, 0, FileStat.S_IFLNK, some, when)
                        .size());
    }

    @Test
    void makeHardLink_whenTheOtherIsMissingOrAFolder_isRefused() throws Exception {
        writer.makeFolder(writer.place("folder"));

        refused(Errno.ENOENT, () -> writer.makeHardLink(writer.place("x"), "nope"));
        refused(Errno.ENOENT, () -> writer.makeHardLink(writer.place("x"), "nope/nope"));
        refused(Errno.EPERM, () -> writer.makeHardLink(writer.place("x"), "folder"));
    }
}
