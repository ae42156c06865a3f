package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.dm.ModelDeviceMapper;
import io.fairlead.linux.dm.ModelThinPool;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool on the model of the kernel: besides the contract, what only a model can do, such as failing at every step. */
class ModelThinPoolTest extends ThinPoolContract {
    private static final ThinPoolConfig CONFIG =
            new ThinPoolConfig("pool", "/dev/meta", "/dev/data", 1 << 24, 128, 1024);

    @TempDir
    private Path folder;

    private final ModelDeviceMapper deviceMapper = new ModelDeviceMapper();
    private final ModelThinPool kernelPool = new ModelThinPool(1 << 17, 4096);

    @Override
    protected ThinPool open() {
        deviceMapper.attachMetadata(CONFIG.metadataDevice(), kernelPool);
        return ThinPool.open(
                CONFIG, deviceMapper, new SqliteThinRecords(folder.resolve("pool.db")), new FileNodes(folder));
    }

    /** Nodes as plain files. */
    private record FileNodes(Path folder) implements DeviceNodes {
        @Override
        public Path make(String name, int major, int minor) {
            try {
                return Files.writeString(folder.resolve(name), major + ":" + minor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void remove(String name) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void create_whenDataIsNearlyFull_isRefusedAndDeletesStillWork() {
        ThinPool pool = open();
        ThinDevice full = pool.create("full", 64 * MIB);
        kernelPool.write(full.deviceId(), (1 << 17) * 95 / 100);

        assertRefused(Reason.NO_SPACE, () -> pool.create("more", 64 * MIB));
        kernelPool.write(full.deviceId(), 1 << 17);
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());
        pool.delete("full");
        pool.create("more", 64 * MIB);

        assertEquals(ThinPoolStatus.Mode.READ_WRITE, pool.status().mode());
    }

    @Test
    void open_whenPoolNeedsACheck_servesWhatIsThereAndRefusesChanges() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB);
        pool.close();
        kernelPool.breakMetadata();
        deviceMapper.crash();

        ThinPool again = open();

        assertEquals(List.of("vm1"), names(again));
        assertTrue(Files.exists(again.activate("vm1")));
        assertRefused(Reason.NEEDS_REPAIR, () -> again.create("vm2", 64 * MIB));
        assertRefused(Reason.NEEDS_REPAIR, () -> again.delete("vm1"));
    }

    @Test
    void open_whenRecordsAreOlderThanThePool_isRefused() throws IOException {
        open().close();
        Files.copy(folder.resolve("pool.db"), folder.resolve("old.db"));
        open().close();
        open().close();
        Files.move(
                folder.resolve("old.db"), folder.resolve("pool.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertRefused(Reason.NOT_OURS, this::open);
    }

    @Test
    void open_whenADeviceIsGoneFromTheKernel_marksItLost() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB);
        pool.close();
        deviceMapper.crash();
        kernelPool.forget(0);

        ThinPool again = open();

        assertEquals(ThinDevice.Stage.LOST, again.devices().iterator().next().stage());
        assertRefused(Reason.NO_DEVICE, () -> again.activate("vm1"));
        again.delete("vm1");
        assertEquals(List.of(), names(again));
    }

    @Test
    void delete_whenDeviceIsOpen_isBusyAndKeepsIt() throws IOException {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB);
        pool.activate("vm1");
        deviceMapper.open("pool-vm1", 1);

        assertRefused(Reason.BUSY, () -> pool.delete("vm1"));
        deviceMapper.open("pool-vm1", -1);
        pool.delete("vm1");

        assertEquals(Set.of(), kernelPool.ids());
    }

    @Test
    void everyChange_whenTheProcessDiesAtAnyCall_isWholeOrUndoneAfterTheNextStart() {
        int steps = callsOfTheScript();
        assertTrue(steps > 12, "the script makes only %d calls".formatted(steps));
        for (int n = 1; n <= steps; n++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                for (boolean powerCut : new boolean[] {false, true}) {
                    new ModelThinPoolTest()
                            .crashAt(n, afterwards, powerCut, folder.resolve(n + "-" + afterwards + powerCut));
                }
            }
        }
    }

    private int callsOfTheScript() {
        Set<String> reported = new HashSet<>();
        try (ThinPool pool = open()) {
            deviceMapper.failOnCall(-1, false);
            script(pool, reported);
        }
        return deviceMapper.calls();
    }

    private static void script(ThinPool pool, Set<String> reported) {
        pool.create("base", 64 * MIB);
        reported.add("base");
        pool.activate("base");
        pool.snapshot("base", "copy", 64 * MIB);
        reported.add("copy");
        pool.activate("copy");
        pool.grow("copy", 128 * MIB);
        pool.deactivate("copy");
        reported.remove("copy"); // from here on it may or may not be there
        pool.delete("copy");
        pool.create("other", 64 * MIB);
        reported.add("other");
        pool.deactivate("base");
    }

    private void crashAt(int n, boolean afterwards, boolean powerCut, Path ownFolder) {
        try {
            folder = Files.createDirectory(ownFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> reported = new HashSet<>();
        try (ThinPool pool = open()) {
            deviceMapper.failOnCall(n, afterwards);
            assertThrows(ModelDeviceMapper.Killed.class, () -> script(pool, reported));
        }
        if (powerCut) {
            deviceMapper.crash();
        }
        deviceMapper.failOnCall(-1, false);

        try (ThinPool again = open()) {
            Set<Integer> recorded = again.devices().stream()
                    .peek(d -> assertEquals(ThinDevice.Stage.CREATED, d.stage(), d::toString))
                    .map(ThinDevice::deviceId)
                    .collect(Collectors.toSet());
            assertEquals(recorded, kernelPool.ids(), "records and pool after call %d".formatted(n));
            assertTrue(names(again).containsAll(reported), "%s of %s".formatted(names(again), reported));
            names(again).forEach(again::activate);
            names(again).forEach(again::deactivate);
            names(again).forEach(again::delete);
            assertEquals(List.of("pool"), deviceMapper.names(), "devices left behind");
        }
    }
}
