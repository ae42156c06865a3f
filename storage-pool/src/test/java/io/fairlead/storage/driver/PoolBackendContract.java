package io.fairlead.storage.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The duties of every driver towards its callers, for volumes that are a row of bytes. */
public abstract class PoolBackendContract {
    /** A multiple of every driver's block. */
    protected static final long MIB = 1 << 20;

    protected PoolBackend pool;

    /** A driver that can build and start a pool on {@link #spec()}; called once per test. */
    protected abstract PoolDriver newDriver() throws Exception;

    /** The same pool at every call in one test. */
    protected abstract PoolSpec spec() throws Exception;

    protected PoolDriver driver;

    @BeforeEach
    void startPool() throws Exception {
        driver = newDriver();
        driver.check(spec());
        driver.build(spec(), PoolDriver.Build.PLAIN);
        pool = driver.start(spec());
    }

    protected static VolumeSpec raw(String name, long capacityBytes) {
        return new VolumeSpec(name, capacityBytes, 0, VolumeSpec.RAW, Permissions.DEFAULT);
    }

    @Test
    void create_whenNew_isListedWithItsCapacityAndReadsAsZeros() throws IOException {
        VolumeFacts made = pool.create(raw("v1", 4 * MIB));

        assertEquals(4 * MIB, made.capacityBytes());
        assertEquals(VolumeSpec.RAW, made.format());
        assertEquals(List.of("v1"), names());
        assertEquals(made.key(), pool.facts("v1").key());
        assertEquals(0, read("v1", MIB));
    }

    @Test
    void create_whenTheNameIsTaken_isRefusedAndHarmsNothing() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", 0, 7);

        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> pool.create(raw("v1", 8 * MIB)));

        assertEquals(4 * MIB, pool.facts("v1").capacityBytes());
        assertEquals(7, read("v1", 0));
    }

    @Test
    void facts_whenThereIsNoSuchVolume_saysSo() {
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.facts("v1"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.delete("v1"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.resize("v1", MIB, false));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.wipe("v1"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.open("v1", false));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.copy(raw("v2", MIB), "v1"));
    }

    @Test
    void copy_whenEitherIsWrittenLater_keepsTheOther() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);

        pool.copy(raw("v2", 4 * MIB), "v1");
        write("v1", MIB, 2);
        write("v2", 2 * MIB, 3);

        assertEquals(1, read("v2", MIB));
        assertEquals(2, read("v1", MIB));
        assertEquals(0, read("v1", 2 * MIB));
        assertEquals(List.of("v1", "v2"), names());
    }

    @Test
    void copy_whenTheOriginIsDeleted_stays() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);
        pool.copy(raw("v2", 8 * MIB), "v1");

        pool.delete("v1");

        assertEquals(List.of("v2"), names());
        assertEquals(1, read("v2", MIB));
        assertEquals(8 * MIB, pool.facts("v2").capacityBytes());
    }

    @Test
    void copy_whenTheNameIsTaken_isRefused() {
        pool.create(raw("v1", MIB));
        pool.create(raw("v2", MIB));

        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> pool.copy(raw("v2", MIB), "v1"));
    }

    @Test
    void resize_whenGrown_keepsTheContentAndAddsZeros() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", 0, 9);

        VolumeFacts grown = pool.resize("v1", 8 * MIB, false);

        assertEquals(8 * MIB, grown.capacityBytes());
        assertEquals(9, read("v1", 0));
        assertEquals(0, read("v1", 7 * MIB));
    }

    @Test
    void wipe_whenWritten_readsAsZerosAndKeepsItsSize() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 5);

        pool.wipe("v1");

        assertEquals(0, read("v1", MIB));
        assertEquals(4 * MIB, pool.facts("v1").capacityBytes());
    }

    @Test
    void write_whenBeyondTheEnd_isRefused() throws IOException {
        pool.create(raw("v1", MIB));
        try (VolumeContent content = pool.open("v1", true)) {
            assertEquals(MIB, content.sizeBytes());
            assertThrows(IOException.class, () -> content.write(MIB - 1, ByteBuffer.allocate(2)));
            assertEquals(0, content.read(MIB, ByteBuffer.allocate(1)));
        }
    }

    protected static final String SNAPSHOT = "0123456789abcdef0123456789abcdef";
    protected static final String LATER_SNAPSHOT = "ffffffffffffffffffffffffffffffff";

    @Test
    void snapshot_whenTheVolumeIsWrittenLater_keepsWhatItWas() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);

        pool.snapshots().take("v1", SNAPSHOT);
        write("v1", MIB, 2);
        write("v1", 2 * MIB, 2);

        assertEquals(2, read("v1", MIB));
        pool.snapshots().revert("v1", SNAPSHOT);
        assertEquals(1, read("v1", MIB));
        assertEquals(0, read("v1", 2 * MIB));
        assertEquals(List.of("v1"), names());
    }

    @Test
    void revert_whenDoneAgain_givesTheSameAgain() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);
        pool.snapshots().take("v1", SNAPSHOT);

        for (int value = 2; value < 4; value++) {
            write("v1", MIB, value);
            pool.snapshots().revert("v1", SNAPSHOT);

            assertEquals(1, read("v1", MIB));
            assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("v1"));
        }
    }

    @Test
    void revert_whenTheVolumeHasGrown_givesBackItsSize() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        pool.snapshots().take("v1", SNAPSHOT);
        pool.resize("v1", 8 * MIB, false);

        pool.snapshots().revert("v1", SNAPSHOT);

        assertEquals(4 * MIB, pool.facts("v1").capacityBytes());
        assertEquals(0, read("v1", 4 * MIB - 1));
    }

    @Test
    void snapshots_whenThereAreSeveral_areToldApartAndDeletedInAnyOrder() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);
        pool.snapshots().take("v1", SNAPSHOT);
        write("v1", MIB, 2);
        pool.snapshots().take("v1", LATER_SNAPSHOT);
        write("v1", MIB, 3);
        assertEquals(Set.of(SNAPSHOT, LATER_SNAPSHOT), pool.snapshots().of("v1"));

        pool.snapshots().revert("v1", SNAPSHOT);
        assertEquals(1, read("v1", MIB));
        pool.snapshots().delete("v1", SNAPSHOT);
        pool.snapshots().revert("v1", LATER_SNAPSHOT);

        assertEquals(2, read("v1", MIB));
        assertEquals(Set.of(LATER_SNAPSHOT), pool.snapshots().of("v1"));
        pool.snapshots().delete("v1", LATER_SNAPSHOT);
        assertEquals(2, read("v1", MIB));
        assertEquals(Set.of(), pool.snapshots().of("v1"));
    }

    @Test
    void take_whileTheVolumeIsActive_worksButRevertDoesNot() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);
        pool.activate("v1");

        pool.snapshots().take("v1", SNAPSHOT);

        refused(ErrorCode.RESOURCE_BUSY, () -> pool.snapshots().revert("v1", SNAPSHOT));
        pool.deactivate("v1");
        write("v1", MIB, 2);
        pool.snapshots().revert("v1", SNAPSHOT);
        assertEquals(1, read("v1", MIB));
    }

    @Test
    void snapshots_whenThereIsNoSuchVolumeOrSnapshot_sayWhich() {
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.snapshots().of("v1"));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.snapshots().take("v1", SNAPSHOT));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.snapshots().revert("v1", SNAPSHOT));
        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.snapshots().delete("v1", SNAPSHOT));
        pool.create(raw("v1", MIB));
        pool.create(raw("v2", MIB));
        pool.snapshots().take("v2", SNAPSHOT);

        refused(ErrorCode.NO_STORAGE_VOLUME, () -> pool.snapshots().revert("v1", SNAPSHOT));
        refused(ErrorCode.STORAGE_VOLUME_EXISTS, () -> pool.snapshots().take("v2", SNAPSHOT));
        pool.snapshots().delete("v1", SNAPSHOT); // harmless
        assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("v2"));
        for (String wrong :
                List.of("../../../../etc/shadow-0123456789", "", SNAPSHOT.toUpperCase(Locale.ROOT), "abc")) {
            refused(ErrorCode.INVALID_ARG, () -> pool.snapshots().take("v1", wrong));
            refused(ErrorCode.INVALID_ARG, () -> pool.snapshots().revert("v1", wrong));
            refused(ErrorCode.INVALID_ARG, () -> pool.snapshots().delete("v1", wrong));
        }
    }

    @Test
    void snapshots_whenThePoolIsStartedAgain_areThereStill() throws Exception {
        pool.create(raw("v1", 4 * MIB));
        write("v1", MIB, 1);
        pool.snapshots().take("v1", SNAPSHOT);
        write("v1", MIB, 2);

        pool.stop();
        pool = driver.start(spec());

        assertEquals(Set.of(SNAPSHOT), pool.snapshots().of("v1"));
        assertEquals(List.of("v1"), names());
        pool.snapshots().revert("v1", SNAPSHOT);
        assertEquals(1, read("v1", MIB));
    }

    @Test
    void delete_whenTheVolumeHasSnapshots_deletesThem() {
        pool.create(raw("v1", MIB));
        pool.snapshots().take("v1", SNAPSHOT);

        pool.delete("v1");

        pool.create(raw("v1", MIB));
        assertEquals(Set.of(), pool.snapshots().of("v1"));
        pool.snapshots().take("v1", SNAPSHOT);
    }

    @Test
    void copy_whenTheOriginHasSnapshots_hasNone() throws IOException {
        pool.create(raw("v1", 4 * MIB));
        pool.snapshots().take("v1", SNAPSHOT);

        pool.copy(raw("v2", 4 * MIB), "v1");

        assertEquals(Set.of(), pool.snapshots().of("v2"));
        pool.delete("v1");
        assertEquals(0, read("v2", MIB));
    }

    @Test
    void delete_whenDone_givesTheNameBack() {
        pool.create(raw("v1", MIB));
        pool.delete("v1");

        assertEquals(List.of(), names());
        pool.create(raw("v1", 2 * MIB));
        assertEquals(2 * MIB, pool.facts("v1").capacityBytes());
    }

    @Test
    void start_whenStoppedBefore_findsTheVolumesAgain() throws Exception {
        pool.create(raw("v1", 4 * MIB));
        write("v1", 0, 6);

        pool.stop();
        pool = driver.start(spec());

        assertEquals(List.of("v1"), names());
        assertEquals(6, read("v1", 0));
    }

    @Test
    void start_whenItIsActiveStill_takesItOver() throws Exception {
        pool.create(raw("v1", 4 * MIB));

        pool.leave(); // the daemon ended
        pool = driver.start(spec());

        assertEquals(List.of("v1"), names());
    }

    protected final List<String> names() {
        return pool.scan().stream().map(VolumeFacts::name).toList();
    }

    protected final void write(String volume, long at, int value) throws IOException {
        try (VolumeContent content = pool.open(volume, true)) {
            content.write(at, ByteBuffer.wrap(new byte[] {(byte) value}));
            content.sync();
        }
    }

    protected final int read(String volume, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (VolumeContent content = pool.open(volume, false)) {
            assertEquals(1, content.read(at, one), "bytes read at " + at);
        }
        return one.get(0);
    }

    public static void refused(ErrorCode code, Executable call) {
        EngineException refusal = assertThrows(EngineException.class, call);
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertTrue(!refusal.getMessage().isBlank(), "a refusal says why");
    }

    protected static UUID poolUuid() {
        return UUID.fromString("8f1a5d1c-2a43-4b8e-9f0e-0d6c3f5b7a11");
    }
}
