package io.fairlead.linux.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopDevicesTest {
    @TempDir
    Path temporary;

    @Test
    @NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
    void attach_whenClosed_detachesByItself() throws Exception {
        Path folder = temporary.toRealPath();
        Path file = file(folder.resolve("image"));
        try (LoopDevice device = LoopDevices.attach(file, true)) {
            assertEquals(Map.of(device.index(), file), LoopDevices.attachedBelow(folder));
            assertEquals("1", KernelFile.readTrimmed(Path.of("/sys/block/loop" + device.index() + "/ro")));
            assertEquals(7, DeviceNumber.of(device.node()).orElseThrow().major());
        }
        awaitNone(folder);
    }

    @Test
    @NeedsHost(
            value = {HostFeature.ROOT, HostFeature.LOOP},
            programs = "mkfs.ext4")
    void attach_whenMounted_staysUntilUnmounted() throws Exception {
        Path folder = temporary.toRealPath();
        Path file = file(folder.resolve("image"));
        Command.of("mkfs.ext4", "-q", file.toString()).run().orThrow();
        Path target = Files.createDirectories(folder.resolve("mnt"));
        try (LoopDevice device = LoopDevices.attach(file, false)) {
            Mounts.mount(device.node().toString(), target, "ext4", Set.of(), "");
        }
        try {
            assertEquals(1, LoopDevices.attachedBelow(folder).size());
            Files.writeString(target.resolve("file"), "x");
        } finally {
            Mounts.unmount(target);
        }
        awaitNone(folder);
    }

    @Test
    @NeedsHost(
            value = {HostFeature.ROOT, HostFeature.LOOP},
            programs = "mkfs.ext4")
    void rival_whenAnotherDeviceOfTheFileIsMounted_findsItUnderAnyName() throws Exception {
        Path folder = temporary.toRealPath();
        Path file = file(folder.resolve("image"));
        Command.of("mkfs.ext4", "-q", file.toString()).run().orThrow();
        Path otherName = Files.createLink(folder.resolve("other"), file);
        Path target = Files.createDirectories(folder.resolve("mnt"));
        try (LoopDevice one = LoopDevices.attach(file, false);
                LoopDevice two = LoopDevices.attach(otherName, false);
                LoopDevice foreign = LoopDevices.attach(file(folder.resolve("foreign")), false)) {
            FileStat stat = FileStat.of(file);
            assertEquals(
                    Optional.of(new LoopDevices.Backing(stat.fileSystem(), stat.inode())),
                    LoopDevices.backing(one.node()));
            assertEquals(LoopDevices.backing(one.node()), LoopDevices.backing(two.node()));
            assertEquals(Optional.empty(), LoopDevices.rival(one.node()));
            Mounts.mount(two.node().toString(), target, "ext4", Set.of(), "");
            Files.delete(otherName); // the name by which the other was attached
            try {
                assertEquals(Optional.of(two.node()), LoopDevices.rival(one.node()));
                assertEquals(Optional.empty(), LoopDevices.rival(two.node()), "itself");
                assertEquals(Optional.empty(), LoopDevices.rival(foreign.node()));
                assertEquals(Optional.empty(), LoopDevices.rival(file));
            } finally {
                Mounts.unmount(target);
            }
        }
        awaitNone(folder);
    }

    @Test
    @NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
    void attach_whenManyAskAtOnce_givesEachItsOwn() throws Exception {
        Path folder = temporary.toRealPath();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<LoopDevice>> attached = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Path file = file(folder.resolve("image" + i));
                Callable<LoopDevice> attach = () -> LoopDevices.attach(file, false);
                attached.add(pool.submit(attach));
            }
            assertEquals(
                    8, attached.stream().map(LoopDevicesTest::index).distinct().count());
        } finally {
            for (Future<LoopDevice> future : attached) {
                future.get().close();
            }
            pool.shutdown();
        }
        awaitNone(folder);
    }

    @Test
    @NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
    void attach_whenTheFileIsMissing_saysSo() {
        ErrnoException failure =
                assertThrows(ErrnoException.class, () -> LoopDevices.attach(temporary.resolve("missing"), false));
        assertEquals(Errno.ENOENT, failure.errno());
    }

    @Test
    @NeedsHost({HostFeature.ROOT, HostFeature.LOOP})
    void adoptSize_whenTheFileHasGrown_growsTheDeviceInUse() throws Exception {
        Path file = file(temporary.toRealPath().resolve("image"));
        try (LoopDevice device = LoopDevices.attach(file, false)) {
            Path sectors = Path.of("/sys/block/loop" + device.index() + "/size");
            long before = Long.parseLong(KernelFile.readTrimmed(sectors));
            try (RandomAccessFile larger = new RandomAccessFile(file.toFile(), "rw")) {
                larger.setLength(2 * larger.length());
            }

            LoopDevices.adoptSize(device.index());

            assertEquals(2 * before, Long.parseLong(KernelFile.readTrimmed(sectors)));
        }
        awaitNone(temporary.toRealPath());
    }

    @Test
    @NeedsHost(HostFeature.ROOT)
    void makeNode_whenReadBack_isTheSameDevice() throws Exception {
        Path node = temporary.resolve("node");
        DeviceNumber device = new DeviceNumber(DeviceNumber.Type.CHARACTER, 300, 70_000);
        device.makeNode(node, 0600);
        assertEquals(device, DeviceNumber.of(node).orElseThrow());
        assertEquals("1:3", DeviceNumber.of(Path.of("/dev/null")).orElseThrow().toString());
        assertTrue(DeviceNumber.of(temporary).isEmpty());
    }

    private static int index(Future<LoopDevice> future) {
        try {
            return future.get().index();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The kernel detaches in the background. */
    private static void awaitNone(Path folder) throws Exception {
        for (int i = 0; i < 500 && !LoopDevices.attachedBelow(folder).isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(Map.of(), LoopDevices.attachedBelow(folder));
    }

    private static Path file(Path path) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        return path;
    }
}
