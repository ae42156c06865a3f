package io.fairlead.storage.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.dm.KernelDeviceMapper;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.storage.driver.LayerStoreContract;
import io.fairlead.storage.driver.Permissions;
import io.fairlead.storage.driver.PoolBackend;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.driver.VolumeFacts;
import io.fairlead.storage.driver.VolumeSpec;
import io.fairlead.storage.layer.TarBuilder;
import io.fairlead.thin.SqliteThinRecords;
import io.fairlead.thin.ThinDevice;
import io.fairlead.thin.ThinRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers as devices of dm-thin itself; runs in User-Mode Linux. */
@Tag("uml")
@NeedsHost(
        value = {HostFeature.ROOT, HostFeature.DEVICE_MAPPER, HostFeature.LOOP},
        programs = {"mkfs.ext4", "thin_check", "python3"})
class ThinLayersTest extends LayerStoreContract {
    private static final UUID UUID_OF_POOL = UUID.fromString("2c7b6d0e-53a1-4c1c-8a0f-6f1d2b9e4c56");

    @TempDir
    private Path scratch;

    private PoolDriver driver;
    private PoolBackend pool;

    @BeforeEach
    void startPool() throws IOException {
        driver = new LogicalDriver(scratch.resolve("state"), scratch.resolve("run"), "test", ThinFileSystem.EXT4);
        try (RandomAccessFile disk =
                new RandomAccessFile(scratch.resolve("disk").toFile(), "rw")) {
            disk.setLength(8L << 30); // with metadata for 130 layers
        }
        driver.build(spec(), PoolDriver.Build.NO_OVERWRITE);
        pool = driver.start(spec());
    }

    private PoolSpec spec() {
        PoolSpec.Source source = PoolSpec.Source.on(List.of(scratch.resolve("disk")), Optional.empty());
        return new PoolSpec(
                UUID_OF_POOL, "p1", "logical", source, Optional.of(scratch.resolve("volumes")), Permissions.DEFAULT);
    }

    @AfterEach
    void stopPool() throws IOException {
        for (VolumeFacts volume : pool.scan()) {
            pool.deactivate(volume.name());
        }
        pool.stop();
        try (KernelDeviceMapper deviceMapper = new KernelDeviceMapper()) {
            assertEquals(List.of(), deviceMapper.names(), "left behind by stop");
        }
    }

    @Override
    protected PoolBackend pool() {
        return pool;
    }

    @Override
    protected void restart() {
        pool.leave();
        pool = driver.start(spec());
    }

    @Override
    protected void assertNoRemains() {
        pool.leave();
        try (SqliteThinRecords records = new SqliteThinRecords(records())) {
            assertEquals(
                    Set.of(),
                    records.devices().stream()
                            .filter(device -> device.role() == ThinRole.UNFINISHED)
                            .map(ThinDevice::name)
                            .collect(Collectors.toSet()));
        }
        pool = driver.start(spec());
    }

    private Path records() {
        return scratch.resolve("state").resolve(UUID_OF_POOL.toString()).resolve("pool.db");
    }

    @Test
    void compose_whenTheImageHasDevices_theyDoNotWork() {
        importBase(new TarBuilder().mode(0666).characterDevice("null", 1, 3));
        layers().compose(tree("t1"), BASE);
        Path root = pool.activate("t1");

        assertThrows(IOException.class, () -> Files.readString(root.resolve("null")));
    }

    @Test
    void compose_whenMoreRoomIsAskedFor_givesIt() {
        importBase(new TarBuilder().file("file", "x"));

        VolumeFacts made = layers().compose(new VolumeSpec("t1", 11L << 30, 0, "dir", Permissions.DEFAULT), BASE);

        assertEquals(11L << 30, made.capacityBytes());
    }

    @Test
    void start_whenADaemonDiedImporting_removesItsRest() throws IOException {
        importBase(new TarBuilder().file("base", "x"));
        importUpper(new TarBuilder().file("upper", "x"));
        pool.leave();
        try (SqliteThinRecords records = new SqliteThinRecords(records())) {
            ThinDevice upper = records.devices().stream()
                    .filter(device -> device.name().endsWith(UPPER))
                    .findFirst()
                    .orElseThrow();
            records.put(new ThinDevice(
                    upper.name(),
                    upper.deviceId(),
                    upper.sizeBytes(),
                    upper.origin(),
                    upper.content(),
                    upper.stage(),
                    ThinRole.UNFINISHED));
        }

        pool = driver.start(spec());

        assertEquals(1, layers().all().size());
        assertNoRemains();
        importUpper(new TarBuilder().file("upper", "y"));
    }

    @Test
    void layers_whenAVolumeHasTheirName_areNotMixedUp() {
        importBase(new TarBuilder().file("base", "x"));
        String name = "fairlead-layer-" + UPPER;

        assertEquals(
                ErrorCode.OPERATION_INVALID,
                assertThrows(EngineException.class, () -> pool.create(tree(name)))
                        .code());
        assertEquals(List.of(), pool.scan());
    }

    /** Made before such names were kept for layers. */
    @Test
    void layers_whenAnOldVolumeHasTheirName_leaveItAlone() {
        pool.create(tree("old"));
        pool.leave();
        try (SqliteThinRecords records = new SqliteThinRecords(records())) {
            ThinDevice old = records.devices().stream()
                    .filter(device -> device.name().equals("old"))
                    .findFirst()
                    .orElseThrow();
            records.put(new ThinDevice(
                    "fairlead-layer-" + BASE,
                    old.deviceId(),
                    old.sizeBytes(),
                    old.origin(),
                    old.content(),
                    old.stage(),
                    old.role()));
        }
        pool = driver.start(spec());

        assertEquals(List.of(), layers().all());
        layers().delete(BASE);
        EngineException refusal =
                assertThrows(EngineException.class, () -> importBase(new TarBuilder().file("file", "x")));

        assertEquals(ErrorCode.STORAGE_VOLUME_EXISTS, refusal.code());
        assertEquals(1, pool.scan().size());
    }
}
