package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.FrozenFilesystems;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a process with a mount namespace of its own, in which a file is mounted as in a container. */
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.LOOP},
        programs = {"mkfs.ext4", "mkfs.btrfs", "unshare"})
@SuppressWarnings("try") // the variable only holds the frozen file systems
class GuestFilesystemsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private Path file;
    private Path target;
    private Process guest;

    @BeforeEach
    void mountInAGuest(@TempDir Path temporary) throws Exception {
        mountInAGuest(temporary, "ext4", 16);
    }

    private void mountInAGuest(Path temporary, String type, int mebibytes) throws Exception {
        Path folder = temporary.toRealPath();
        file = folder.resolve("volume-" + type);
        target = Files.createDirectory(folder.resolve("data-" + type));
        Files.createSymbolicLink(target.resolveSibling("link-" + type), target);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((long) mebibytes << 20);
        }
        assertEquals(
                0,
                new ProcessBuilder("mkfs." + type, "-q", file.toString())
                        .start()
                        .waitFor());
        String script = "mount -o loop %s %s && echo ready && exec sleep 1000".formatted(file, target);
        guest = new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", script).start();
        assertEquals("ready", new BufferedReader(new InputStreamReader(guest.getInputStream())).readLine());
    }

    @AfterEach
    void end() throws Exception {
        guest.destroyForcibly().waitFor();
        awaitDetached();
    }

    private void awaitDetached() throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!LoopDevices.attachedBelow(file).isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "the loop device is never let go of");
            Thread.sleep(20);
        }
    }

    private int pid() {
        return (int) guest.pid();
    }

    private ProcessId init() throws IOException {
        return ProcessId.of(pid());
    }

    private Path inside() {
        return Path.of("/proc/" + pid() + "/root" + target);
    }

    private void write(String text) {
        assertTimeoutPreemptively(SOON, () -> Files.writeString(inside().resolve("file"), text));
    }

    @Test
    void freeze_whenMountedFromAFile_stopsWritersUntilClosed() throws Exception {
        Thread writer = new Thread(() -> write("waits"));
        try (FrozenFilesystems frozen = GuestFilesystems.freeze(init(), List.of(target.toString()))) {
            writer.start();
            writer.join(300);
            assertTrue(writer.isAlive(), "it could write");
        }
        writer.join();
        assertEquals("waits", Files.readString(inside().resolve("file")));
    }

    /** The device numbers of btrfs are not those of the loop device. */
    @Test
    void freeze_whenItIsABtrfs_stopsWritersUntilClosed(@TempDir Path temporary) throws Exception {
        end();
        mountInAGuest(temporary, "btrfs", 128);
        freeze_whenMountedFromAFile_stopsWritersUntilClosed();
    }

    @Test
    void close_whenTheGuestHasEnded_thawsAndLeavesNoLoopDevice() throws Exception {
        FrozenFilesystems frozen = GuestFilesystems.freeze(init(), List.of(target.toString()));
        guest.destroyForcibly().waitFor();
        frozen.close();
        awaitDetached();
    }

    @Test
    void close_whenSomebodyHasThawed_saysThatItDidNotStayFrozen() throws Exception {
        FrozenFilesystems frozen = GuestFilesystems.freeze(init(), List.of(target.toString()));
        GuestFilesystems.thaw(init(), List.of(target.toString()));
        EngineException refused = assertThrows(EngineException.class, frozen::close);
        assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("did not stay frozen"), refused.getMessage());
        write("goes on");
    }

    /** For instance, the guest may have replaced its mount by a link to a file system that others use. */
    @Test
    void freeze_whenTheTargetIsNoMountFromAFile_leavesItAlone() throws Exception {
        Path link = target.resolveSibling("link-ext4");
        try (FrozenFilesystems frozen =
                GuestFilesystems.freeze(init(), List.of(link.toString(), "/proc", "/nowhere", "/"))) {
            write("goes on");
        }
    }

    @Test
    void thaw_whenAnEarlierDaemonFroze_letsWritersGoOn() throws Exception {
        FrozenFilesystems byAnEarlierOne = GuestFilesystems.freeze(init(), List.of(target.toString()));
        GuestFilesystems.thaw(init(), List.of("/nowhere", target.toString()));
        GuestFilesystems.thaw(init(), List.of(target.toString()));
        write("goes on");
        assertThrows(EngineException.class, byAnEarlierOne::close);
    }

    /** A zombie has left its namespaces and still exists. */
    @Test
    void freeze_whenTheGuestIsEnding_saysThatThereIsNoSuchProcess() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 1000").start();
        try {
            int zombie =
                    Integer.parseInt(new BufferedReader(new InputStreamReader(parent.getInputStream())).readLine());
            long deadline = System.nanoTime() + SOON.toNanos();
            while (ProcessStat.read(zombie).state() != 'Z') {
                assertTrue(System.nanoTime() < deadline, "it never ends");
                Thread.sleep(20);
            }
            ErrnoException gone = assertThrows(
                    ErrnoException.class, () -> GuestFilesystems.freeze(ProcessId.of(zombie), List.of("/data")));
            assertEquals(Errno.ESRCH, gone.errno());
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
