package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.namespace.NamespaceKind;
import io.fairlead.linux.namespace.Namespaces;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another mount namespace plays the host's, ours plays the daemon's. */
@NeedsHost(value = HostFeature.ROOT, programs = "unshare")
class HostMountsTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Process hostProcess;
    private HostMounts host;

    @BeforeEach
    void startHost() throws Exception {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("disk/sub"));
        Files.createDirectories(folder.resolve("here"));
        String script = "mount -t tmpfs -o nosuid none $0/disk && mkdir $0/disk/sub && mount -t tmpfs none $0/disk/sub"
                + " && touch $0/disk/sub/hosts && mount -o remount,bind,ro,nosuid $0/disk && echo up && exec cat";
        hostProcess = new ProcessBuilder("unshare", "--mount", "sh", "-c", script, folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = hostProcess.inputReader();
        assertEquals("up", output.readLine());
        host = HostMounts.in(Namespaces.open((int) hostProcess.pid(), NamespaceKind.MNT));
    }

    @AfterEach
    void stopHost() throws Exception {
        host.close();
        hostProcess.destroyForcibly().waitFor();
        Mounts.unmountBelow(folder);
    }

    private void attach(HostMounts.Copy copy) throws IOException {
        try (Fd place = Fd.open(folder.resolve("here"), OpenFlags.O_PATH)) {
            copy.tree().attach(place);
        }
    }

    @Test
    void copy_whenOnlyTheHostHasItMounted_isTheHostsWithItsFlagsAndWhatIsBelow() throws Exception {
        HostMounts.Copy copy = host.copy(folder.resolve("disk"));
        try (MountTree tree = copy.tree()) {
            assertEquals(folder.resolve("disk"), copy.place());
            assertEquals(Set.of(MountFlag.READ_ONLY, MountFlag.NO_SUID), tree.flags());
            attach(copy);
        }
        assertTrue(Files.exists(folder.resolve("here/sub/hosts")));
        assertFalse(Files.exists(folder.resolve("disk/sub/hosts")), "the thread has come back");
        assertThrows(IOException.class, () -> Files.createFile(folder.resolve("here/new")));
        Files.createFile(folder.resolve("here/sub/new"));
    }

    @Test
    void set_whenRecursive_holdsBelowAndCanBeClearedAbove() throws Exception {
        HostMounts.Copy copy = host.copy(folder.resolve("disk"));
        try (MountTree tree = copy.tree()) {
            tree.set(MountFlag.READ_ONLY, true);
            tree.clear(MountFlag.READ_ONLY);
            attach(copy);
        }
        Files.createFile(folder.resolve("here/new"));
        assertThrows(IOException.class, () -> Files.createFile(folder.resolve("here/sub/new")));
    }

    @Test
    void copy_whenTheDaemonHasMountedItForItself_isTheDaemons() throws Exception {
        Path pool = Files.createDirectories(folder.resolve("pool"));
        Mounts.mount("none", pool, "tmpfs", Set.of(), "");
        Files.createFile(pool.resolve("volume"));
        try (MountTree whole = host.copy(folder).tree();
                MountTree own = host.copy(pool.resolve("volume")).tree()) {
            assertTrue(FileStat.of(own.top()).isSameFile(FileStat.of(pool.resolve("volume"))));
            assertFalse(whole.flags().contains(MountFlag.READ_ONLY));
        }
        HostMounts.Copy above = host.copy(folder);
        above.tree().close();
        assertEquals(List.of(pool), above.own());
        Mounts.unmount(pool);
        HostMounts.Copy after = host.copy(folder);
        after.tree().close();
        assertEquals(List.of(), after.own());
    }

    @Test
    void copy_whenTheHostHasNothingThere_saysSo() throws Exception {
        Path missing = folder.resolve("missing");
        assertEquals(
                Errno.ENOENT,
                assertThrows(ErrnoException.class, () -> host.copy(missing)).errno());
        assertEquals(
                Errno.EROFS,
                assertThrows(
                                ErrnoException.class,
                                () -> host.open(folder.resolve("disk/new"), OpenFlags.O_CREAT | OpenFlags.O_WRONLY))
                        .errno());
    }
}
