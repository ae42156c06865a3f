package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.btrfs.Subvolumes;
import io.fairlead.linux.device.LoopDevice;
import io.fairlead.linux.device.LoopDevices;
import io.fairlead.linux.file.LockFile;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolBackendContract;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The duties of a pool that is a folder, beyond {@link PoolBackendContract}, on every file system it may lie on. */
abstract class DirectoryDriverContract extends PoolBackendContract {
    /** An existing folder on the file system under test; the same at every call. */
    protected abstract Path scratch() throws IOException;

    @Override
    protected PoolDriver newDriver() {
        return DirectoryDriver.all().get(0);
    }

    @Override
    protected PoolSpec spec() throws IOException {
        Optional<Path> target = Optional.of(folder());
        return new PoolSpec(poolUuid(), "p1", "dir", PoolSpec.Source.NONE, target, Permissions.DEFAULT);
    }

    protected Path folder() throws IOException {
        return scratch().resolve("pool");
    }

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    protected static VolumeSpec tree(String name) {
        return new VolumeSpec(name, 0, 0, VolumeSpec.TREE, Permissions.DEFAULT);
    }

    @Test
    void create_whenAllocationIsAsked_takesTheSpaceAtOnce() throws IOException {
        VolumeFacts full = pool.create(new VolumeSpec("v1", 4 * MIB, 2 * MIB, VolumeSpec.RAW, Permissions.DEFAULT));

        assertEquals(4 * MIB, Files.size(full.path()));
        assertTrue(full.allocationBytes() >= 2 * MIB && full.allocationBytes() < 4 * MIB, full.toString());
        assertEquals(0, pool.create(raw("v2", 4 * MIB)).allocationBytes());
    }

    @Test
    void create_whenPermissionsAreGiven_appliesThem() throws Exception {
        Permissions open = new Permissions(OptionalInt.of(0644), OptionalInt.of(12), OptionalInt.of(13));
        VolumeFacts made = pool.create(new VolumeSpec("v1", MIB, 0, VolumeSpec.RAW, open));
        assertEquals(List.of(0644, 12, 13), List.of(made.mode(), made.owner(), made.group()));
        assertEquals(0600, pool.create(raw("v2", MIB)).mode());
    }

    @Test
    void create_whenThereIsNoSpaceForIt_isRefusedAndLeavesNothing() throws IOException {
        long petabyte = 1L << 50;
        VolumeSpec huge = new VolumeSpec("v1", petabyte, petabyte, VolumeSpec.RAW, Permissions.DEFAULT);
        refused(ErrorCode.SYSTEM_ERROR, () -> pool.create(huge));
        assertEquals(List.of(), names());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void scan_whenOthersPutThingsThere_showsFilesAndFoldersButNoLinks() throws IOException {
        Files.write(folder().resolve("file"), new byte[1000]);
        Files.createDirectory(folder().resolve("folder"));
        Files.createSymbolicLink(folder().resolve("link"), Path.of("/etc/passwd"));

        assertEquals(List.of("file", "folder"), names());
        assertEquals(VolumeKind.DIRECTORY, pool.facts("folder").kind());
    }

    @Test
    void wipe_ofAFileWithHoles_takesNoMoreSpace() throws IOException {
        pool.create(raw("v1", 64 * MIB));
        write("v1", 0, 1);
        write("v1", 40 * MIB, 2);

        pool.wipe("v1");

        assertEquals(0, read("v1", 0));
        assertEquals(0, read("v1", 40 * MIB));
        VolumeFacts facts = pool.facts("v1");
        assertEquals(64 * MIB, facts.capacityBytes());
        assertTrue(facts.allocationBytes() <= MIB, facts.toString());
    }

    private PoolSpec other(Path target) {
        UUID uuid = UUID.fromString("00000000-0000-4000-8000-000000000002");
        return new PoolSpec(uuid, "p2", "dir", PoolSpec.Source.NONE, Optional.of(target), Permissions.DEFAULT);
    }

    private void refusedAsTaken(PoolDriver by, Path target, String words) throws IOException {
        Path making = Files.writeString(folder().resolve(".fairlead-new-0-1"), "half");
        EngineException refusal = assertThrows(EngineException.class, () -> by.start(other(target)));
        assertEquals(ErrorCode.OPERATION_FAILED, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Storage source conflict with pool: " + words), refusal.getMessage());
        assertTrue(Files.exists(making), "what another pool is making was swept away");
        Files.delete(making);
    }

    @Test
    void start_ofAnotherPoolOnTheSameFolder_isRefusedByWhateverNameAndDaemon() throws IOException {
        Path link = Files.createSymbolicLink(scratch().resolve("link"), folder());
        Path bind = Files.createDirectory(scratch().resolve("bind"));
        Mounts.bind(folder(), bind, false, false);
        try {
            PoolDriver otherDaemon = DirectoryDriver.all().get(0);
            for (Path name : List.of(folder(), link, bind)) {
                refusedAsTaken(driver, name, "'p1'");
                refusedAsTaken(otherDaemon, name, "another daemon has a pool in '%s'".formatted(name));
            }
            pool.stop();
            otherDaemon.start(other(link)).stop();
            pool = driver.start(spec());
        } finally {
            Mounts.unmount(bind);
            Files.delete(link);
        }
    }

    @Test
    void start_inATreeOfAnotherDaemonsPool_isRefused() throws IOException {
        Path tree = pool.create(tree("t1")).path();
        Path plain = Files.createDirectories(folder().resolve("plain/below"));
        PoolDriver otherDaemon = DirectoryDriver.all().get(0);
        for (Path inner : List.of(tree, Files.createDirectory(tree.resolve("below")))) {
            EngineException refusal = assertThrows(EngineException.class, () -> otherDaemon.start(other(inner)));
            assertTrue(refusal.getMessage().contains("Storage source conflict with pool"), refusal.getMessage());
        }
        otherDaemon.start(other(plain)).stop(); // as with libvirt
    }

    @Test
    void start_whileSomebodyMakesAVolumeThere_leavesThatAlone() throws IOException {
        pool.stop();
        Path dead = Files.writeString(folder().resolve(".fairlead-new-0-1"), "half");
        Path living = Files.writeString(folder().resolve(".fairlead-new-0-2"), "half");
        try (Fd maker = Fd.open(living, OpenFlags.O_RDWR)) {
            assertTrue(LockFile.tryLock(maker));
            pool = driver.start(spec());
            assertTrue(Files.exists(living));
            assertFalse(Files.exists(dead));
        }
        pool.stop();
        pool = driver.start(spec());
        assertFalse(Files.exists(living));
    }

    @Test
    void volumes_whenThePoolLiesBehindALink_areShownBelowIt() throws IOException {
        pool.stop();
        Path link = Files.createSymbolicLink(scratch().resolve("link"), folder());
        PoolBackend linked = driver.start(other(link));
        try {
            VolumeFacts made = linked.create(raw("v1", MIB));
            assertEquals(link.resolve("v1"), made.path());
            assertEquals(link.resolve("v1").toString(), made.key());
            assertEquals(made, linked.facts("v1"));
            assertEquals(List.of(made), linked.scan());
            linked.create(tree("t1"));
            assertEquals(link.resolve("t2"), linked.copy(tree("t2"), "t1").path());
            linked.delete("t2");
            linked.delete("t1");
            linked.delete("v1");
        } finally {
            linked.stop();
            Files.delete(link);
            pool = driver.start(spec());
        }
    }

    @Test
    void delete_whenSomebodyTookATreesFolderAway_removesWhatIsKnownOfIt() throws IOException {
        Path tree = pool.create(tree("t1")).path();
        assertTrue(pool.owns("t1"));
        TreeRemover.remove(tree);

        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.delete("t1"));

        assertFalse(pool.owns("t1"));
        pool.create(tree("t1"));
        pool.delete("t1");
        assertEquals(List.of(), leftovers());
    }

    @Test
    void failures_whenAClientIsTold_nameThePathInTheReasonsWords() {
        Path tree = pool.create(tree("t1")).path();
        EngineException refusal = assertThrows(EngineException.class, () -> pool.wipe("t1"));
        assertEquals("cannot wipe volume 't1': %s: Is a directory".formatted(tree), refusal.getMessage());
    }

    @Test
    void open_whenALinkWasPlantedInAVolumesPlace_leavesItsTargetAlone() throws IOException {
        Path victim = scratch().resolve("victim");
        Files.writeString(victim, "precious");
        Files.createSymbolicLink(folder().resolve("v1"), victim);

        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.open("v1", true));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.wipe("v1"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.delete("v1"));
        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> pool.create(raw("v1", MIB)));
        assertEquals("precious", Files.readString(victim));
    }

    @Test
    void delete_whenAFolderWasThereBefore_removesItOnlyWhenEmpty() throws IOException {
        Path folder = Files.createDirectory(folder().resolve("theirs"));
        Files.writeString(folder.resolve("file"), "x");

        assertThrows(EngineException.class, () -> pool.delete("theirs"));
        assertTrue(Files.exists(folder.resolve("file")));
        Files.delete(folder.resolve("file"));
        pool.delete("theirs");
        assertFalse(Files.exists(folder));
    }

    @Test
    void tree_whenMade_isAFolderThatGoesWithAllInIt() throws IOException {
        VolumeFacts made = pool.create(tree("root"));
        assertEquals(VolumeKind.DIRECTORY, made.kind());
        assertEquals(VolumeSpec.TREE, made.format());
        Files.createDirectories(made.path().resolve("a/b"));
        Files.writeString(made.path().resolve("a/b/c"), "x");

        pool.delete("root");

        assertEquals(List.of(), names());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void treeCopy_whenEitherIsWrittenLater_keepsTheOther() throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        Files.setAttribute(base, "unix:mode", 0750);

        Path first = pool.copy(tree("first"), "base").path();
        Files.writeString(first.resolve("file"), "first");
        Files.writeString(base.resolve("file"), "base");
        Path second = pool.copy(tree("second"), "first").path();
        Files.writeString(first.resolve("file"), "first again");

        assertEquals("base", Files.readString(base.resolve("file")));
        assertEquals("first again", Files.readString(first.resolve("file")));
        assertEquals("first", Files.readString(second.resolve("file")));
        assertEquals(0750, pool.facts("second").mode());
    }

    @Test
    void treeCopy_whenOriginIsDeletedAndThePoolStartedAgain_stays() throws IOException {
        Path base = pool.create(tree("base")).path();
        Files.writeString(base.resolve("file"), "old");
        Path copy = pool.copy(tree("copy"), "base").path();
        Files.writeString(copy.resolve("more"), "new");

        pool.delete("base");
        pool.stop();
        pool = driver.start(spec());

        assertEquals(List.of("copy"), names());
        assertEquals("old", Files.readString(copy.resolve("file")));
        assertEquals("new", Files.readString(copy.resolve("more")));
        pool.delete("copy");
        assertEquals(List.of(), leftovers());
    }

    @Test
    void stop_whenAVolumeIsActivated_isRefused() {
        pool.create(tree("root"));
        pool.activate("root");

        refused(ErrorCode.RESOURCE_BUSY, () -> pool.stop());
        refused(ErrorCode.RESOURCE_BUSY, () -> pool.delete("root"));
        pool.deactivate("root");
        pool.delete("root");
    }

    @Test
    void start_whenADaemonDiedInTheMiddle_removesWhatItLeft() throws IOException {
        pool.create(raw("v1", MIB));
        Files.write(folder().resolve(".fairlead-new-dead-1"), new byte[10]);
        Files.createDirectories(folder().resolve(".fairlead-gone-dead-2/a/b"));

        pool.leave(); // it died
        pool = driver.start(spec());

        assertEquals(List.of("v1"), names());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void tree_whileAnotherMountNamespaceHasIt_isNotDeleted() throws Exception {
        Path base = pool.create(tree("base")).path();
        Path copy = pool.copy(tree("copy"), "base").path();
        Path elsewhere = Files.createDirectory(scratch().resolve("elsewhere"));
        for (Path used : List.of(base, copy)) {
            Process container = new ProcessBuilder(
                            "unshare",
                            "--mount",
                            "sh",
                            "-c",
                            "mount --bind \"$0\" \"$1\" && umount -l \"$0\" 2>/dev/null; echo up; exec sleep 60",
                            used.toString(),
                            elsewhere.toString())
                    .start();
            try {
                container.inputReader().readLine();

                refused(
                        ErrorCode.RESOURCE_BUSY,
                        () -> pool.delete(used.getFileName().toString()));
                assertTrue(Files.isDirectory(used));
            } finally {
                container.destroyForcibly().waitFor();
            }
        }
        pool.delete("base");
        pool.delete("copy");
    }

    @Test
    void open_whenItIsATree_isRefused() {
        pool.create(tree("root"));
        refused(ErrorCode.SYSTEM_ERROR, () -> pool.open("root", false));
        refused(ErrorCode.SYSTEM_ERROR, () -> pool.wipe("root"));
    }

    @Test
    void treeSnapshot_whenTheTreeIsWrittenLater_keepsContentOwnersAndModes() throws IOException {
        Path tree = pool.create(tree("root")).path();
        Files.createDirectories(tree.resolve("etc"));
        Path file = Files.writeString(tree.resolve("etc/file"), "old");
        Files.writeString(tree.resolve("doomed"), "x");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/nowhere"));
        Files.setAttribute(file, "unix:uid", 1000);
        Files.setAttribute(file, "unix:mode", 04751);
        Files.setAttribute(tree, "unix:mode", 0710);
        Files.setAttribute(tree, "unix:gid", 7);

        pool.snapshots().take("root", SNAPSHOT);
        for (int round = 0; round < 2; round++) {
            Files.writeString(tree.resolve("etc/file"), "new");
            Files.setAttribute(tree.resolve("etc/file"), "unix:uid", 0);
            Files.deleteIfExists(tree.resolve("doomed"));
            Files.writeString(tree.resolve("more"), "x");
            Files.setAttribute(tree, "unix:mode", 0755);
            assertEquals(List.of("root"), names());

            pool.snapshots().revert("root", SNAPSHOT);

            assertEquals("old", Files.readString(tree.resolve("etc/file")));
            assertEquals(1000, Files.getAttribute(tree.resolve("etc/file"), "unix:uid"));
            assertEquals(04751, (int) Files.getAttribute(tree.resolve("etc/file"), "unix:mode") & 07777);
            assertTrue(Files.exists(tree.resolve("doomed")));
            assertFalse(Files.exists(tree.resolve("more")));
            assertEquals(Path.of("/nowhere"), Files.readSymbolicLink(tree.resolve("link")));
            assertEquals(0710, pool.facts("root").mode());
            assertEquals(7, pool.facts("root").group());
        }
        pool.delete("root");
        assertNothingLeft();
    }

    @Test
    void treeSnapshot_whenOnlyTheTopHasChanged_keepsThat() throws IOException {
        Path tree = pool.create(tree("root")).path();
        pool.snapshots().take("root", SNAPSHOT);
        Files.setAttribute(tree, "unix:mode", 0700);
        pool.snapshots().take("root", LATER_SNAPSHOT);

        pool.snapshots().revert("root", SNAPSHOT);
        assertEquals(0755, pool.facts("root").mode());
        pool.snapshots().revert("root", LATER_SNAPSHOT);
        assertEquals(0700, pool.facts("root").mode());
    }

    @Test
    void treeSnapshots_whenThereAreSeveral_goInAnyOrder() throws Exception {
        Path tree = pool.create(tree("root")).path();
        Path file = tree.resolve("file");
        List<String> ids = List.of("1".repeat(32), "2".repeat(32), "3".repeat(32));
        for (String id : ids) {
            Files.writeString(file, id);
            pool.snapshots().take("root", id);
        }
        pool.snapshots().take("root", SNAPSHOT); // of the same as the third
        pool.stop();
        pool = driver.start(spec());
        assertEquals(
                Set.of(ids.get(0), ids.get(1), ids.get(2), SNAPSHOT),
                pool.snapshots().of("root"));

        pool.snapshots().revert("root", ids.get(0));
        assertEquals(ids.get(0), Files.readString(file));
        pool.snapshots().delete("root", ids.get(1));
        pool.snapshots().revert("root", ids.get(2));
        assertEquals(ids.get(2), Files.readString(file));
        pool.snapshots().delete("root", ids.get(2));
        pool.snapshots().delete("root", ids.get(0));
        Files.writeString(file, "x");
        pool.snapshots().revert("root", SNAPSHOT);

        assertEquals(ids.get(2), Files.readString(file));
        pool.copy(tree("copy"), "root");
        pool.delete("root");
        assertEquals(ids.get(2), Files.readString(folder().resolve("copy/file")));
        pool.delete("copy");
        assertNothingLeft();
    }

    @Test
    void treeSnapshot_whileAContainerUsesTheTree_isOfThatMomentAndLeavesItRunning() throws Exception {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("base"), "base");
        Files.writeString(tree.resolve("doomed"), "x");
        Files.createDirectories(tree.resolve("folder/inside"));
        pool.activate("root");
        Path at = Files.createDirectory(scratch().resolve("elsewhere"));
        try (ElsewhereMounted container = ElsewhereMounted.container(tree, at)) {
            container.run("echo -n then >file && chown 12:13 file && rm doomed && rm -r folder && mkdir folder");

            pool.snapshots().take("root", SNAPSHOT);

            container.run("echo -n now >file && echo more >base && touch doomed && rm -r folder");
            container.run("grep -q now file");
            pool.deactivate("root");
            refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("root", SNAPSHOT));
            refused(ErrorCode.RESOURCE_BUSY, () -> pool.delete("root"));
        }
        pool.snapshots().revert("root", SNAPSHOT);

        assertEquals("then", Files.readString(tree.resolve("file")));
        assertEquals(12, Files.getAttribute(tree.resolve("file"), "unix:uid"));
        assertEquals("base", Files.readString(tree.resolve("base")));
        assertFalse(Files.exists(tree.resolve("doomed")));
        assertTrue(Files.isDirectory(tree.resolve("folder")));
        assertFalse(Files.exists(tree.resolve("folder/inside")));
        pool.delete("root");
        assertNothingLeft();
    }

    /** The container outlives its daemon; the next one takes the pool over, and starts the container again. */
    @Test
    void activate_whenAContainerOutlivedItsDaemon_isUsableOnceThatHasEnded() throws Exception {
        Path tree = pool.create(tree("root")).path();
        Files.writeString(tree.resolve("base"), "base");
        pool.activate("root");
        Path at = Files.createDirectory(scratch().resolve("elsewhere"));
        try (ElsewhereMounted container = ElsewhereMounted.container(tree, at)) {
            pool.deactivate("root");
            pool.stop(); // takes our mounts away, as the end of a daemon's namespace does
            pool = driver.start(spec());

            assertEquals(tree, pool.activate("root"));

            container.run("echo -n written >file");
            pool.snapshots().take("root", SNAPSHOT);
        }
        pool.activate("root");

        assertEquals("written", Files.readString(tree.resolve("file")));
        assertEquals("base", Files.readString(tree.resolve("base")));
        Files.writeString(tree.resolve("file"), "again");
        pool.deactivate("root");
        pool.snapshots().revert("root", SNAPSHOT);
        assertEquals("written", Files.readString(tree.resolve("file")));
    }

    @Test
    void snapshots_whenTheFolderWasThereBefore_areRefused() throws IOException {
        Path folder = Files.createDirectory(folder().resolve("theirs"));
        Files.writeString(folder.resolve("file"), "x");

        assertThrows(EngineException.class, () -> pool.snapshots().take("theirs", SNAPSHOT));
        assertEquals(Set.of(), pool.snapshots().of("theirs"));
        pool.activate("theirs");
        assertEquals("x", Files.readString(folder.resolve("file")));
        pool.deactivate("theirs");
    }

    @Test
    void start_whenAVolumeIsGone_removesItsSnapshots() throws IOException {
        pool.create(raw("v1", MIB));
        pool.create(tree("root"));
        pool.snapshots().take("v1", SNAPSHOT);
        pool.snapshots().take("root", LATER_SNAPSHOT);
        pool.stop();
        Files.delete(folder().resolve("v1"));
        Path root = folder().resolve("root");
        if (Subvolumes.possibleIn(root)) {
            Subvolumes.delete(root);
        } else {
            Files.delete(root);
        }

        pool = driver.start(spec());

        assertEquals(List.of(), names());
        assertNothingLeft();
    }

    @Test
    void revert_whenAFileIsUsedAsADisk_isRefused() throws IOException {
        Path file = pool.create(raw("v1", MIB)).path();
        pool.snapshots().take("v1", SNAPSHOT);
        try (LoopDevice device = LoopDevices.attach(file, false)) {
            refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("v1", SNAPSHOT));
            assertTrue(Files.exists(device.node()));
        }
        Path at = Files.createFile(scratch().resolve("elsewhere"));
        try (ElsewhereMounted container = ElsewhereMounted.container(file, at)) {
            container.run("test -f '%s'".formatted(at));
            refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("v1", SNAPSHOT));
        }
    }

    @Test
    void fileSnapshot_whenTheFileHasAnOwnerAndHoles_keepsThem() throws IOException {
        Permissions theirs = new Permissions(OptionalInt.of(0640), OptionalInt.of(12), OptionalInt.of(13));
        pool.create(new VolumeSpec("v1", 64 * MIB, 0, VolumeSpec.RAW, theirs));
        write("v1", 32 * MIB, 5);
        pool.snapshots().take("v1", SNAPSHOT);
        Files.setAttribute(folder().resolve("v1"), "unix:mode", 0666);

        pool.snapshots().revert("v1", SNAPSHOT);

        VolumeFacts facts = pool.facts("v1");
        assertEquals(List.of(0640, 12, 13), List.of(facts.mode(), facts.owner(), facts.group()));
        assertTrue(facts.allocationBytes() <= MIB, facts.toString());
        assertEquals(5, read("v1", 32 * MIB));
    }

    /** Files for removal in the background are gone within moments. */
    protected void assertNothingLeft() throws IOException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        List<String> left;
        do {
            left = leftovers();
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertEquals(List.of(), left);
    }

    /** Remains of unfinished or deleted volumes, and layers and snapshots that are no longer needed. */
    protected List<String> leftovers() throws IOException {
        try (var all = Files.walk(folder())) {
            return all.map(path -> folderOrSelf(path))
                    .filter(name -> name.startsWith(".fairlead-") || name.matches("layers/.+|trees/.+|snapshots/.+"))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of("something is just being removed");
        }
    }

    private String folderOrSelf(Path path) {
        String name = path.getFileName().toString();
        String parent = path.getParent().getFileName().toString();
        return List.of("layers", "trees", "snapshots").contains(parent) ? parent + "/" + name : name;
    }
}
