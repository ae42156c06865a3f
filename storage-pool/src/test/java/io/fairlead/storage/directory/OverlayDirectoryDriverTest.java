package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.file.DurableFile;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHost({HostFeature.ROOT, HostFeature.OVERLAY})
class OverlayDirectoryDriverTest extends DirectoryDriverContract {
    @TempDir
    Path temporary;

    @Override
    protected Path scratch() throws IOException {
        return temporary.toRealPath();
    }

    /** The steps of a freeze after which a daemon may die. */
    private enum Step {
        INTENDED,
        PREPARED,
        MOVED
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void start_whenADaemonDiedFreezingATree_hasTheTreeAsItWas(Step step) throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        Files.setAttribute(base, "unix:mode", 0751);
        Path layers = Files.createDirectories(folder().resolve(".fairlead/layers"));
        long inode = FileStat.of(base).inode();
        LinkText.write(layers.resolve("0123456789ab.from"), "%d base".formatted(inode));
        if (step.compareTo(Step.PREPARED) >= 0) {
            Files.createDirectory(layers.resolve("0123456789ab"));
        }
        if (step == Step.MOVED) {
            DurableFile.exchange(base, layers.resolve("0123456789ab"));
        }

        pool.leave(); // it died
        pool = driver.start(spec());

        assertEquals(List.of("base"), names());
        assertEquals("old", Files.readString(base.resolve("file")));
        assertEquals(0751, pool.facts("base").mode());
        assertEquals(Optional.empty(), LinkText.read(layers.resolve("0123456789ab.from")));
        assertEquals(step == Step.MOVED, Files.exists(layers.resolve("0123456789ab")));
        pool.copy(tree("copy"), "base");
        assertEquals("old", Files.readString(folder().resolve("copy/file")));
    }

    /** The same for writes to a tree with layers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_whenADaemonDiedFreezingWhatWasWritten_hasTheTreeAsItWas(boolean moved) throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        pool.snapshots().take("base", SNAPSHOT);
        Files.writeString(base.resolve("file"), "new");
        pool.stop();
        Path layer = Files.createDirectory(folder().resolve(".fairlead/layers/0123456789ab"));
        Path upper = folder().resolve(".fairlead/trees/base/upper");
        long inode = FileStat.of(upper).inode();
        LinkText.write(folder().resolve(".fairlead/layers/0123456789ab.from"), "%d base".formatted(inode));
        if (moved) {
            DurableFile.exchange(upper, layer);
        }

        pool = driver.start(spec());

        assertEquals("new", Files.readString(base.resolve("file")));
        pool.snapshots().revert("base", SNAPSHOT);
        assertEquals("old", Files.readString(base.resolve("file")));
        pool.delete("base");
        assertNothingLeft();
    }

    @Test
    void start_whenADaemonDiedTakingASnapshot_removesItsRest() throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        pool.snapshots().take("base", SNAPSHOT);
        pool.stop();
        Files.createDirectories(folder().resolve(".fairlead/layers/unused/a")); // copied, and no snapshot has it yet
        Path unpublished = Files.createDirectory(folder().resolve(".fairlead-new-dead-1"));
        new TreeRecord(unpublished).writeLayers(List.of("unused"));

        pool = driver.start(spec());

        assertFalse(Files.exists(folder().resolve(".fairlead/layers/unused")));
        assertFalse(Files.exists(unpublished));
        assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("base"));
        assertEquals("old", Files.readString(base.resolve("file")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_whenADaemonDiedReverting_hasTheOldContentOrTheSnapshots(boolean exchanged) throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        pool.snapshots().take("base", SNAPSHOT);
        Files.writeString(base.resolve("file"), "new");
        pool.stop();
        Path record = folder().resolve(".fairlead/trees/base");
        Path next = Files.createDirectory(folder().resolve(".fairlead-new-dead-1"));
        Files.createDirectory(next.resolve("upper"));
        Files.createDirectory(next.resolve("work"));
        new TreeRecord(next).writeLayers(new TreeRecord(record).layers());
        if (exchanged) {
            DurableFile.exchange(next, record);
        }

        pool = driver.start(spec());

        assertEquals(exchanged ? "old" : "new", Files.readString(base.resolve("file")));
        pool.delete("base");
        assertNothingLeft();
    }

    @Test
    void activate_whenTheTreeIsAPlainFolder_makesItAnOverlaySoThatSnapshotsAreSmall() throws Exception {
        Path base = pool.create(tree("base")).path();
        Files.write(base.resolve("big"), new byte[1 << 20]);

        pool.activate("base");

        assertEquals(1 << 20, Files.size(base.resolve("big")));
        assertTrue(MountTable.own().at(base).isPresent());
        Path at = Files.createDirectory(scratch().resolve("elsewhere"));
        try (ElsewhereMounted container = ElsewhereMounted.container(base, at)) {
            container.run("echo small >file");
            pool.snapshots().take("base", SNAPSHOT);
        }
        List<String> stack =
                new TreeRecord(folder().resolve(".fairlead/snapshots/base").resolve(SNAPSHOT)).layers();
        assertEquals(2, stack.size());
        try (var copied = Files.list(folder().resolve(".fairlead/layers").resolve(stack.get(0)))) {
            assertEquals(
                    List.of("file"),
                    copied.map(path -> path.getFileName().toString()).toList());
        }
        pool.deactivate("base");
    }

    /** conmon processes keep the namespace of the daemon that started them, with all that was mounted there. */
    @Test
    void unmount_whenAnEarlierDaemonsNamespaceHasTheMount_endsItThereToo() throws Exception {
        Path base = pool.create(tree("base")).path();
        pool.activate("base");
        pool.deactivate("base");
        try (ElsewhereMounted earlier = ElsewhereMounted.daemon()) {
            assertTrue(MountTable.of(earlier.pid()).at(base).isPresent());
            FileStat before = FileStat.of(base);

            pool.stop();

            assertFalse(MountTable.of(earlier.pid()).at(base).isPresent());
            assertEquals(before.mode(), FileStat.of(base).mode());
        }
        pool = driver.start(spec());
    }

    /** As if the mount were gone with our namespace, while the earlier namespace still has it. */
    @Test
    void start_whenAnEarlierDaemonsNamespaceHasTheMount_endsItBeforeItMounts() throws Exception {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        pool.activate("base");
        pool.deactivate("base");
        try (ElsewhereMounted earlier = ElsewhereMounted.daemon()) {
            Mounts.unmount(base);

            pool.leave(); // it died
            pool = driver.start(spec());

            assertFalse(MountTable.of(earlier.pid()).at(base).isPresent());
            assertEquals("old", Files.readString(base.resolve("file")));
        }
    }

    @Test
    void unmount_whenSomebodyPutFilesBeneath_leavesThem() throws Exception {
        Path base = pool.create(tree("base")).path();
        pool.activate("base");
        pool.deactivate("base");
        pool.stop();
        Files.writeString(base.resolve("theirs"), "x");

        pool = driver.start(spec());
        pool.stop();

        assertEquals("x", Files.readString(base.resolve("theirs")));
        Files.delete(base.resolve("theirs"));
        pool = driver.start(spec());
    }

    /** Layers go with their last user; a copy that is being made is one. */
    @Test
    void copy_whileOthersOfTheOriginAreDeletedAndItsSnapshotsToo_hasTheContent() throws Exception {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "copy" + thread;
            work.add(threads.submit(() -> {
                for (int i = 0; i < 15; i++) {
                    Path copy = pool.copy(tree(name), "base").path();
                    assertEquals("old", Files.readString(copy.resolve("file")));
                    Files.writeString(copy.resolve("file"), name);
                    pool.snapshots().take(name, SNAPSHOT);
                    assertEquals(name, Files.readString(copy.resolve("file")));
                    pool.delete(name);
                }
                return null;
            }));
        }
        for (Future<?> each : work) {
            each.get();
        }
        threads.shutdown();

        assertEquals("old", Files.readString(base.resolve("file")));
        pool.delete("base");
        assertNothingLeft();
    }

    @Test
    void take_whenTheStackIsFull_isRefusedAndLeavesTheTreeUsable() throws IOException {
        Path base = pool.create(tree("base")).path();
        EngineException refusal = null;
        for (int i = 0; refusal == null && i < 500; i++) { // about 300
            Files.writeString(base.resolve("file"), "round " + i);
            try {
                pool.snapshots().take("base", "%032x".formatted(i));
            } catch (EngineException e) {
                refusal = e;
                assertEquals("round " + i, Files.readString(base.resolve("file")));
            }
        }
        assertEquals(ErrorCode.OPERATION_INVALID, refusal.code(), refusal.getMessage());
        pool.snapshots().revert("base", "%032x".formatted(0));
        assertEquals("round 0", Files.readString(base.resolve("file")));
        pool.delete("base");
        assertNothingLeft();
    }

    /** The kernel allows no overlay on an overlay that lies on another one. */
    @Test
    void trees_whenTheFileSystemCannotHoldOverlays_stayPlainFolders() throws Exception {
        pool.stop();
        Path below = folder();
        for (int depth = 0; depth < 2; depth++) {
            Path parts = Files.createDirectories(scratch().resolve("parts" + depth));
            Path target = Files.createDirectory(parts.resolve("target"));
            Files.createDirectory(parts.resolve("upper"));
            Files.createDirectory(parts.resolve("work"));
            Mounts.mount(
                    "test",
                    target,
                    "overlay",
                    Set.of(),
                    "lowerdir=%s,upperdir=%s,workdir=%s"
                            .formatted(below, parts.resolve("upper"), parts.resolve("work")));
            below = target;
        }
        try {
            PoolSpec there = new PoolSpec(
                    poolUuid(), "p2", "dir", PoolSpec.Source.NONE, Optional.of(below), Permissions.DEFAULT);
            pool.leave(); // it died
            pool = driver.start(there);
            Path tree = pool.create(tree("root")).path();
            Files.writeString(tree.resolve("file"), "x");

            pool.activate("root");

            assertEquals("x", Files.readString(tree.resolve("file")));
            refused(ErrorCode.CONFIG_UNSUPPORTED, () -> pool.snapshots().take("root", SNAPSHOT));
            pool.deactivate("root");
            refused(ErrorCode.CONFIG_UNSUPPORTED, () -> pool.snapshots().take("root", SNAPSHOT));
            refused(ErrorCode.CONFIG_UNSUPPORTED, () -> pool.copy(tree("copy"), "root"));
            assertEquals(List.of("root"), names());
            assertEquals("x", Files.readString(tree.resolve("file")));
            pool.delete("root");
            pool.stop();
        } finally {
            Mounts.unmountBelow(scratch());
        }
        pool = driver.start(spec());
    }

    @Test
    void size_whenTheFileSystemHasNoQuotaOfProjects_isRefusedByName() throws IOException {
        pool.create(new VolumeSpec("root", 8 * MIB, 0, VolumeSpec.TREE, Permissions.DEFAULT));
        assertEquals(0, pool.facts("root").capacityBytes());
        refused(ErrorCode.NO_SUPPORT, () -> pool.resize("root", 16 * MIB, false));
    }

    @Test
    void start_whenADaemonDiedDeletingATree_removesItsRest() throws IOException {
        pool.create(tree("base"));
        pool.copy(tree("copy"), "base");
        pool.stop();
        Files.delete(folder().resolve("copy"));

        pool = driver.start(spec());

        assertEquals(List.of("base"), names());
        assertFalse(Files.exists(folder().resolve(".fairlead/trees/copy")));
    }
}
