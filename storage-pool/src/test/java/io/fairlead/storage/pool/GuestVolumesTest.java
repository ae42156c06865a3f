package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.volume.MountSpec;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.storage.driver.FakePoolDriver;
import io.fairlead.storage.driver.PoolDriver.Build;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.pool.Volumes.Change;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Volumes in use by guests, and their contents kept for snapshots of domains, on pools whose volumes are files. */
class GuestVolumesTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final VolumeSource V1 = new VolumeSource("p1", "v1");
    private static final VolumeSource V2 = new VolumeSource("p1", "v2");

    @TempDir
    Path folder;

    private final FakePoolDriver driver = new FakePoolDriver("dir");
    private final EventBus bus = new EventBus(Clock.systemUTC());
    private Storage storage;
    private Pool pool;

    private void start() {
        storage = Storage.open(
                folder.resolve("state"),
                folder.resolve("run"),
                new PoolDrivers(List.of(driver)),
                new DurableFiles(),
                bus);
    }

    @BeforeEach
    void open() {
        start();
        pool = storage.definitions()
                .define(StoragePoolDocument.parse(
                        "<pool type='dir'><name>p1</name><target><path>/srv/p1</path></target></pool>"));
        storage.lifecycle().start(pool, Optional.of(Build.PLAIN));
        make("v1");
        make("v2");
    }

    @AfterEach
    void close() {
        storage.close();
        bus.close();
    }

    private void make(String name) {
        storage.volumes()
                .create(
                        pool,
                        VolumeRequest.parse(
                                "<volume><name>%s</name><capacity unit='MiB'>1</capacity></volume>".formatted(name)));
    }

    private Volume volume(String name) {
        return storage.lookups().byName(pool, name);
    }

    private static void refused(ErrorCode code, String text, Executable call) {
        EngineException refused = assertThrows(EngineException.class, call);
        assertEquals(code, refused.code(), refused.getMessage());
        assertTrue(refused.getMessage().contains(text), refused.getMessage());
    }

    @Test
    void acquire_givesWhereTheVolumeIsReady() {
        assertEquals(
                new MountSpec(MountSpec.Kind.FILE, Path.of("/srv/p1/v1")),
                storage.guests().acquire(A, List.of(V1)).get(V1));
    }

    @Test
    void acquire_whenPoolOrVolumeIsMissing_isRefusedByItsName() {
        refused(ErrorCode.NO_STORAGE_POOL, "'p9'", () -> storage.guests()
                .acquire(A, List.of(new VolumeSource("p9", "v1"))));
        refused(ErrorCode.NO_STORAGE_VOLUME, "'v9'", () -> storage.guests()
                .acquire(A, List.of(new VolumeSource("p1", "v9"))));
    }

    @Test
    void acquire_whenOneOfThemFails_leavesTheOthersFree() {
        refused(ErrorCode.NO_STORAGE_VOLUME, "'v9'", () -> storage.guests()
                .acquire(A, List.of(V1, new VolumeSource("p1", "v9"))));
        storage.volumes().delete(volume("v1"), false, false);
    }

    @Test
    void acquire_whenAnotherGuestHasTheFile_isRefusedUntilItIsReleased() {
        storage.guests().acquire(A, List.of(V1));
        refused(ErrorCode.RESOURCE_BUSY, "has already", () -> storage.guests().acquire(B, List.of(V1)));
        storage.guests().release(A);
        storage.guests().acquire(B, List.of(V1));
    }

    @Test
    void acquire_whenTheSameGuestHasOthers_givesThoseBack() {
        storage.guests().acquire(A, List.of(V1));
        storage.guests().acquire(A, List.of(V2));
        storage.volumes().delete(volume("v1"), false, false);
        refused(ErrorCode.RESOURCE_BUSY, "in use", () -> storage.volumes().delete(volume("v2"), false, false));
    }

    @Test
    void volume_whileAGuestHasIt_isNotDeletedWipedOverwrittenOrShrunk() {
        storage.guests().acquire(A, List.of(V1));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.volumes().delete(volume("v1"), false, false));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.volumes().wipe(volume("v1"), Optional.empty()));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.transfers().upload(volume("v1"), 0, 0));
        refused(ErrorCode.RESOURCE_BUSY, "in use", () -> storage.lifecycle().stop(pool));
        storage.volumes().resize(volume("v1"), 2 << 20, Change.TO, false, false);
        storage.transfers().download(volume("v1"), 0, 0).close();
        storage.guests().release(A);
        storage.volumes().delete(volume("v1"), false, false);
    }

    @Test
    void retake_whenOneIsGone_takesTheOthers() {
        storage.guests().retake(A, List.of(new VolumeSource("p1", "v9"), V1));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.volumes().delete(volume("v1"), false, false));
        storage.guests().release(A);
        storage.volumes().delete(volume("v1"), false, false);
    }

    @Test
    void retake_beforeThePoolIsUp_givesTheGuestItsVolumesWhenItIs() {
        storage.guests().acquire(A, List.of(V1));
        storage.close();
        driver.failOnCall(1);
        start(); // the pool is not up
        pool = storage.registry().get("p1");
        storage.guests().retake(A, List.of(V1));

        storage.lifecycle().start(pool, Optional.empty());

        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.volumes().delete(volume("v1"), false, false));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.lifecycle().stop(pool));
        storage.guests().release(A);
        storage.volumes().delete(volume("v1"), false, false);
        storage.lifecycle().stop(pool);
    }

    @Test
    void release_beforeThePoolIsUp_leavesTheVolumeFree() {
        storage.close();
        driver.failOnCall(1);
        start();
        pool = storage.registry().get("p1");
        storage.guests().retake(A, List.of(V1));
        storage.guests().release(A);

        storage.lifecycle().start(pool, Optional.empty());

        storage.volumes().delete(volume("v1"), false, false);
    }

    @Test
    void revert_whileAGuestHasTheVolume_isRefused() {
        storage.snapshotter().take(V1, ID);
        assertTrue(storage.snapshotter().has(V1, ID));
        storage.guests().acquire(A, List.of(V1));
        refused(ErrorCode.RESOURCE_BUSY, "'v1'", () -> storage.snapshotter().revert(V1, ID));
        storage.guests().release(A);
        storage.snapshotter().revert(V1, ID);
    }

    @Test
    void delete_whenSnapshotsKeepSomethingOfTheVolume_isRefusedUnlessTheyMayGo() {
        storage.snapshotter().take(V1, ID);
        refused(ErrorCode.OPERATION_INVALID, "has 1 snapshots", () -> storage.volumes()
                .delete(volume("v1"), false, false));
        storage.volumes().delete(volume("v1"), true, false);
        storage.snapshotter().delete(V1, ID);
    }

    @Test
    void snapshots_whenThePoolIsDown_areRefusedButOfAMissingPoolAreGone() {
        storage.snapshotter().take(V1, ID);
        storage.lifecycle().stop(pool);
        refused(ErrorCode.OPERATION_INVALID, "not active", () -> storage.snapshotter()
                .delete(V1, ID));
        storage.snapshotter().delete(new VolumeSource("p9", "v1"), ID);
    }
}
