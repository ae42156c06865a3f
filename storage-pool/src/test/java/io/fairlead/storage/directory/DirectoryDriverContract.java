package io.fairlead.storage.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackendContract;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeKind;
import io.fairlead.storage.driver.VolumeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool that is a folder owes beyond {@link PoolBackendContract}, on every file system it may lie on. */
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

    /** Of what is unfinished or was deleted, and of layers that nobody needs. */
    protected List<String> leftovers() throws IOException {
        try (var all = Files.walk(folder())) {
            return all.map(path -> folderOrSelf(path))
                    .filter(name -> name.startsWith(".fairlead-") || name.matches("layers/.+|trees/.+"))
                    .toList();
        }
    }

    private String folderOrSelf(Path path) {
        String name = path.getFileName().toString();
        String parent = path.getParent().getFileName().toString();
        return parent.equals("layers") || parent.equals("trees") ? parent + "/" + name : name;
    }
}
