package io.fairlead.linux.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.device.DeviceNumber;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(HostFeature.ROOT)
class TreeCopierTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void makeTree() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = folder.resolve("to");
    }

    @Test
    void copy_whenFilesHaveOwnersModesAndTimes_keepsThem() throws Exception {
        Path file = Files.createDirectories(from.resolve("a/b")).resolve("file");
        Files.writeString(file, "text");
        Files.setAttribute(file, "unix:uid", 1000);
        Files.setAttribute(file, "unix:gid", 1001);
        Files.setAttribute(file, "unix:mode", 06751);
        Files.setAttribute(from, "unix:mode", 0711);
        FileTime then = FileTime.fromMillis(1_234_567_890_123L);
        Files.setLastModifiedTime(file, then);
        Files.setLastModifiedTime(from.resolve("a"), then);

        TreeCopier.copy(from, to, LIMIT);

        FileStat copied = FileStat.ofLink(to.resolve("a/b/file"));
        assertEquals("text", Files.readString(to.resolve("a/b/file")));
        assertEquals(FileStat.S_IFREG | 06751, copied.mode());
        assertEquals(1000, copied.user());
        assertEquals(1001, copied.group());
        assertEquals(then.toInstant(), copied.modified());
        assertEquals(then, Files.getLastModifiedTime(to.resolve("a")));
        assertEquals(0711, FileStat.of(to).mode() & 07777);
    }

    @Test
    void copy_whenLinksLeadOutside_copiesTheLinksThemselves() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "x");
        Files.createSymbolicLink(from.resolve("link"), outside);
        Files.createSymbolicLink(from.resolve("file"), outside.resolve("secret"));

        TreeCopier.copy(from, to, LIMIT);

        assertEquals(outside, Files.readSymbolicLink(to.resolve("link")));
        assertEquals(outside.resolve("secret"), Files.readSymbolicLink(to.resolve("file")));
    }

    @Test
    void copy_whenTheFolderIsALink_refuses() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), from);
        assertThrows(ErrnoException.class, () -> TreeCopier.copy(link, to, LIMIT));
    }

    /** A container in its own overlay can do this all the time: exchange a folder for a link to one of the host's. */
    @Test
    void copy_whileAFolderAndALinkTradePlaces_neverBringsWhatLiesOutside() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(from.resolve("folder"));
        Path link = Files.createSymbolicLink(from.resolve("link"), outside);
        for (int i = 0; i < 50; i++) {
            Files.writeString(outside.resolve("file" + i), "secret");
            Files.writeString(inside.resolve("file" + i), "own");
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = new Thread(() -> {
            while (!done.get()) {
                try {
                    DurableFile.exchange(inside, link);
                } catch (ErrnoException e) {
                    throw new AssertionError(e);
                }
            }
        });
        attacker.start();
        try {
            for (int round = 0; round < 20; round++) {
                Path copy = folder.resolve("copy" + round);
                TreeCopier.copy(from, copy, LIMIT);
                try (var all = Files.walk(copy)) {
                    for (Path file : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .toList()) {
                        assertEquals("own", Files.readString(file));
                    }
                }
            }
        } finally {
            done.set(true);
            attacker.join();
        }
    }

    @Test
    void copy_whenThereAreNodesHolesAndSecondNames_keepsThem() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(from.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(64 << 20);
            sparse.seek(32 << 20);
            sparse.write(7);
        }
        Files.createDirectory(from.resolve("d"));
        Files.createLink(from.resolve("d/second"), from.resolve("sparse"));
        new DeviceNumber(DeviceNumber.Type.CHARACTER, 0, 0).makeNode(from.resolve("whiteout"), 0600);
        new DeviceNumber(DeviceNumber.Type.BLOCK, 259, 70000).makeNode(from.resolve("disk"), 0640);
        Command.of("mkfifo", from.resolve("fifo").toString()).run().orThrow();

        TreeCopier.copy(from, to, LIMIT);

        FileStat sparse = FileStat.ofLink(to.resolve("sparse"));
        assertEquals(64 << 20, sparse.sizeBytes());
        assertTrue(sparse.allocatedBytes() <= 1 << 20, sparse.toString());
        assertEquals(sparse.inode(), FileStat.ofLink(to.resolve("d/second")).inode());
        try (RandomAccessFile copy = new RandomAccessFile(to.resolve("sparse").toFile(), "r")) {
            copy.seek(32 << 20);
            assertEquals(7, copy.read());
        }
        assertTrue(FileStat.ofLink(to.resolve("whiteout")).isCharacterDevice());
        FileStat disk = FileStat.ofLink(to.resolve("disk"));
        assertEquals(FileStat.S_IFBLK | 0640, disk.mode());
        assertEquals(259, disk.deviceMajor());
        assertEquals(70000, disk.deviceMinor());
        assertTrue(FileStat.ofLink(to.resolve("fifo")).isFifo());
    }

    @Test
    void copy_whenFilesHaveExtendedAttributes_keepsEvenThoseOfRootAlone() throws Exception {
        Path opaque = Files.createDirectory(from.resolve("opaque"));
        set(opaque, "trusted.overlay.opaque", "y");
        Path file = Files.writeString(from.resolve("file"), "x");
        set(file, "trusted.overlay.origin", "a longer one".repeat(50));
        Path link = Files.createSymbolicLink(from.resolve("link"), Path.of("nowhere"));
        set(link, "trusted.overlay.origin", "of a link");

        TreeCopier.copy(from, to, LIMIT);

        assertEquals("y", get(to.resolve("opaque"), "trusted.overlay.opaque"));
        assertEquals("a longer one".repeat(50), get(to.resolve("file"), "trusted.overlay.origin"));
        try (Fd copied = Fd.open(to.resolve("link"), OpenFlags.O_PATH | OpenFlags.O_NOFOLLOW)) {
            Path itself = Path.of("/proc/self/fd/" + copied.number());
            assertEquals("of a link", get(itself, "trusted.overlay.origin"));
        }
    }

    @Test
    void copy_whenNamesAreNoText_keepsTheirBytes() throws Exception {
        byte[] odd = raw(from + "/d", 0xff);
        Errno.check(Libc.mkdir(odd, 0755), "mkdir", from);
        set(odd, "trusted.test", "of an odd one");
        Files.writeString(from.resolve("second"), "x");
        byte[] first = raw(from + "/d", 0xff, '/', 0xfe);
        int cwd = OpenFlags.AT_FDCWD;
        Errno.check(Libc.linkat(cwd, CString.of(from.resolve("second")), cwd, first, 0), "linkat", from);

        TreeCopier.copy(from, to, LIMIT);

        assertEquals("of an odd one", get(raw(to + "/d", 0xff), "trusted.test"));
        String names = "cd \"$0\" && find . | LC_ALL=C sort | od -c";
        assertEquals(
                Command.of("sh", "-c", names, from.toString()).run().orThrow().output(),
                Command.of("sh", "-c", names, to.toString()).run().orThrow().output());
        assertEquals(2, FileStat.ofLink(to.resolve("second")).links());
    }

    private static byte[] raw(String start, int... more) {
        byte[] path = Arrays.copyOf(start.getBytes(UTF_8), start.length() + more.length + 1);
        for (int i = 0; i < more.length; i++) {
            path[start.length() + i] = (byte) more[i];
        }
        return path;
    }

    private static void set(Path path, String name, String value) throws ErrnoException {
        set(CString.of(path), name, value);
    }

    private static void set(byte[] path, String name, String value) throws ErrnoException {
        byte[] bytes = value.getBytes(UTF_8);
        Errno.check(Libc.lsetxattr(path, CString.of(name), bytes, bytes.length, 0), "lsetxattr", name);
    }

    private static String get(Path path, String name) throws ErrnoException {
        return get(CString.of(path), name);
    }

    private static String get(byte[] path, String name) throws ErrnoException {
        byte[] value = new byte[1024];
        long size = Errno.check(Libc.getxattr(path, CString.of(name), value, 1024), "getxattr", name);
        return new String(value, 0, (int) size, UTF_8);
    }

    @Test
    void copy_whenTheTreeIsTooDeep_saysSo() throws Exception {
        Path top = Files.createDirectories(from.resolve("deep"));
        for (int i = 0; i < 600; i++) {
            Path next = Files.createDirectories(from.resolve("next"));
            Files.move(top, next.resolve("d"));
            Files.move(next, top);
        }
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> TreeCopier.copy(from, to, LIMIT));
        assertEquals(Errno.ELOOP, refusal.errno());
        TreeRemover.remove(from);
        TreeRemover.remove(to);
    }

    @Test
    void copy_whenTheTimeIsUp_ends() throws Exception {
        Files.writeString(from.resolve("file"), "x");
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> TreeCopier.copy(from, to, Duration.ZERO));
        assertEquals(Errno.ETIMEDOUT, refusal.errno());
    }

    @Test
    void copy_whenThereIsNoSpace_saysSo() throws Exception {
        Path small = Files.createDirectory(folder.toRealPath().resolve("small"));
        Mounts.mount("none", small, "tmpfs", Set.of(), "size=6m");
        try {
            Path full = Files.createDirectory(small.resolve("full"));
            Files.write(full.resolve("file"), new byte[4 << 20]);
            ErrnoException refusal =
                    assertThrows(ErrnoException.class, () -> TreeCopier.copy(full, small.resolve("to"), LIMIT));
            assertEquals(Errno.ENOSPC, refusal.errno());
        } finally {
            Mounts.unmount(small);
        }
    }

    @Test
    void copy_whileFilesComeAndGo_copiesTheRest() throws Exception {
        Files.writeString(from.resolve("stays"), "x");
        AtomicBoolean done = new AtomicBoolean();
        Thread busy = new Thread(() -> {
            while (!done.get()) {
                try {
                    Path file = Files.writeString(from.resolve("comes-and-goes"), "x");
                    Files.delete(file);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        busy.start();
        try {
            for (int round = 0; round < 100; round++) {
                Path copy = folder.resolve("copy" + round);
                TreeCopier.copy(from, copy, LIMIT);
                assertTrue(Files.exists(copy.resolve("stays")));
            }
        } finally {
            done.set(true);
            busy.join();
        }
    }
}
