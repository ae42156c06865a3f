package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(HostFeature.ROOT)
class MountsTest {
    @TempDir
    Path folder;

    @AfterEach
    void unmountAll() throws Exception {
        Mounts.unmountBelow(folder.toRealPath());
    }

    @Test
    void mount_whenItIsATmpfs_showsInTheTableWithItsSize() throws Exception {
        Path target = Files.createDirectories(folder.toRealPath().resolve("a b"));
        Mounts.mount("none", target, "tmpfs", Set.of(MountFlag.NO_SUID), "size=1m");
        MountEntry entry = MountTable.own().at(target).orElseThrow();
        assertEquals("tmpfs", entry.type());
        assertTrue(entry.options().contains("nosuid"));
        FileSystemSize size = FileSystemSize.of(target);
        assertEquals(1 << 20, size.totalBytes());
        assertEquals(FileSystemSize.TMPFS_MAGIC, size.magic());
    }

    @Test
    void bind_whenReadOnly_cannotBeWritten() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Path target = Files.createDirectories(folder.resolve("target"));
        Mounts.bind(source, target, false, true);
        assertThrows(java.io.IOException.class, () -> Files.writeString(target.resolve("file"), "x"));
        Files.writeString(source.resolve("file"), "x");
        assertTrue(Files.exists(target.resolve("file")));
    }

    @Test
    void bind_whenTheSourceIsNosuid_keepsThat() throws Exception {
        Path source = Files.createDirectories(folder.toRealPath().resolve("source"));
        Path target = Files.createDirectories(folder.toRealPath().resolve("target"));
        Mounts.mount("none", source, "tmpfs", Set.of(MountFlag.NO_SUID, MountFlag.NO_DEVICES), "");
        Mounts.bind(source, target, false, true);
        List<String> options = MountTable.own().at(target).orElseThrow().options();
        assertTrue(options.containsAll(List.of("ro", "nosuid", "nodev")), options.toString());
    }

    @Test
    void propagation_whenShared_showsInTheTable() throws Exception {
        Path target = Files.createDirectories(folder.toRealPath().resolve("t"));
        Mounts.mount("none", target, "tmpfs", Set.of(), "");
        Mounts.propagation(target, MountFlag.SHARED, false);
        assertFalse(MountTable.own().at(target).orElseThrow().propagation().isEmpty());
        Mounts.propagation(target, MountFlag.PRIVATE, false);
        assertEquals(List.of(), MountTable.own().at(target).orElseThrow().propagation());
    }

    @Test
    void abandon_whileItIsInUse_takesTheMountOutOfTheTree() throws Exception {
        Path target = Files.createDirectories(folder.toRealPath().resolve("t"));
        SilentMount.abandon(target);
        Mounts.mount("none", target, "tmpfs", Set.of(), "");
        try (var user = Files.newOutputStream(target.resolve("file"))) {
            SilentMount.abandon(target);
            assertTrue(MountTable.own().at(target).isEmpty());
            user.write(1);
        }
    }

    @Test
    void isAnotherAt_whenAFileSystemIsMountedThere_saysSo() throws Exception {
        Path target = Files.createDirectories(folder.toRealPath().resolve("a/b"));
        assertFalse(Mounts.isAnotherAt(target));
        Mounts.mount("none", target, "tmpfs", Set.of(), "size=1m");
        assertTrue(Mounts.isAnotherAt(target));
        assertFalse(Mounts.isAnotherAt(Files.createDirectory(target.resolve("inside"))));
        assertFalse(Mounts.isAnotherAt(folder.resolve("missing")));
    }

    @Test
    void unmountBelow_whenMountsAreNested_takesTheInnerFirst() throws Exception {
        Path outer = Files.createDirectories(folder.toRealPath().resolve("outer"));
        Mounts.mount("none", outer, "tmpfs", Set.of(), "");
        Path inner = Files.createDirectories(outer.resolve("inner"));
        Mounts.mount("none", inner, "tmpfs", Set.of(), "");
        assertEquals(2, Mounts.unmountBelow(outer).size());
        assertTrue(MountTable.own().below(outer).isEmpty());
    }

    @Test
    void unmount_whenNothingIsMounted_saysEinval() {
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> Mounts.unmount(folder));
        assertEquals(Errno.EINVAL, refusal.errno());
        assertThrows(
                ErrnoException.class, () -> Mounts.mount("none", folder.resolve("missing"), "tmpfs", Set.of(), ""));
    }
}
