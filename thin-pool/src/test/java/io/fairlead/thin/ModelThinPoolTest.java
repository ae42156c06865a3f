package io.fairlead.thin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.dm.ModelDeviceMapper;
import io.fairlead.linux.dm.ModelThinPool;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.thin.ThinPoolException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pool on the model of the kernel: besides the contract, tests that only a model allows, such as failing at every
 * step.
 */
class ModelThinPoolTest extends ThinPoolContract {
    private static final ThinPoolConfig CONFIG =
            new ThinPoolConfig("pool", "/dev/meta", "/dev/data", 1 << 24, 128, 1024, "host1");

    @TempDir
    private Path folder;

    private final ModelDeviceMapper deviceMapper = new ModelDeviceMapper();
    private final ModelThinPool kernelPool = new ModelThinPool(1 << 17, 4096);

    private final ModelMetadata metadata = new ModelMetadata(kernelPool);

    @Override
    protected ThinPool open() {
        return open(new SqliteThinRecords(folder.resolve("pool.db")));
    }

    private ThinPool open(ThinRecords records) {
        deviceMapper.attachMetadata(CONFIG.metadataDevice(), kernelPool);
        return ThinPool.open(CONFIG, new ThinPlatform(deviceMapper, new FileNodes(folder), metadata), records);
    }

    @Test
    void create_whenDataIsNearlyFull_isRefusedAndDeletesStillWork() {
        ThinPool pool = open();
        ThinDevice full = pool.create("full", 64 * MIB, "");
        kernelPool.write(full.deviceId(), (1 << 17) * 95 / 100);

        assertRefused(Reason.NO_SPACE, () -> pool.create("more", 64 * MIB, ""));
        kernelPool.write(full.deviceId(), 1 << 17);
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());
        pool.delete("full");
        pool.create("more", 64 * MIB, "");

        assertEquals(ThinPoolStatus.Mode.READ_WRITE, pool.status().mode());
    }

    @Test
    void open_whenPoolNeedsACheck_servesWhatIsThereAndRefusesChanges() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.close();
        kernelPool.breakMetadata();
        deviceMapper.crash();

        ThinPool again = open();

        assertEquals(List.of("vm1"), names(again));
        assertTrue(Files.exists(again.activate("vm1")));
        assertRefused(Reason.NEEDS_REPAIR, () -> again.create("vm2", 64 * MIB, ""));
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
        pool.create("vm1", 64 * MIB, "");
        pool.close();
        deviceMapper.crash();
        kernelPool.forget(1);

        ThinPool again = open();

        assertEquals(ThinDevice.Stage.LOST, again.devices().iterator().next().stage());
        assertRefused(Reason.NO_DEVICE, () -> again.activate("vm1"));
        again.delete("vm1");
        assertEquals(List.of(), names(again));
    }

    @Test
    void delete_whenDeviceIsOpen_isBusyAndKeepsIt() throws IOException {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");
        deviceMapper.open("pool-1", 1);

        assertRefused(Reason.BUSY, () -> pool.delete("vm1"));
        deviceMapper.open("pool-1", -1);
        pool.delete("vm1");

        assertEquals(Set.of(PoolIdentity.DEVICE_ID), kernelPool.ids());
    }

    @Test
    void replace_whenEitherIsOpen_isBusyAndChangesNothing() throws IOException {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.snapshot("vm1", "vm2", 64 * MIB);
        pool.activate("vm1");
        pool.activate("vm2");
        for (String used : List.of("pool-1", "pool-2")) {
            deviceMapper.open(used, 1);
            assertRefused(Reason.BUSY, () -> pool.replace("vm1", "vm2"));
            deviceMapper.open(used, -1);
        }
        assertEquals(List.of("vm1", "vm2"), names(pool));

        pool.replace("vm1", "vm2");

        assertEquals(Set.of(PoolIdentity.DEVICE_ID, 2), kernelPool.ids());
        assertEquals(List.of("pool"), deviceMapper.names());
    }

    @Test
    void replace_whenTheDeviceIsLost_bringsItsNameBack() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.snapshot("vm1", "vm2", 64 * MIB);
        pool.close();
        deviceMapper.crash();
        kernelPool.forget(1);
        ThinPool again = open();

        again.replace("vm1", "vm2");

        assertEquals(List.of("vm1"), names(again));
        assertEquals(ThinDevice.Stage.CREATED, again.find("vm1").orElseThrow().stage());
        assertRefused(Reason.NO_DEVICE, () -> again.replace("vm1", "vm2"));
    }

    @Test
    void replace_whenThePoolIsFull_works() {
        ThinPool pool = open();
        ThinDevice full = pool.create("vm1", 64 * MIB, "");
        pool.snapshot("vm1", "vm2", 64 * MIB);
        kernelPool.write(full.deviceId(), 1 << 17);
        kernelPool.write(full.deviceId(), 1);
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());

        pool.replace("vm1", "vm2");

        assertEquals(ThinPoolStatus.Mode.READ_WRITE, pool.status().mode());
    }

    @Test
    void delete_whenDeviceIsOpen_canBeLeftToTheLastUser() throws Exception {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");
        deviceMapper.open("pool-1", 1);

        pool.discard("vm1");
        assertEquals(List.of(), names(pool));
        assertEquals(1, pool.pendingRemovals());
        pool.create("vm1", 64 * MIB, ""); // the name is free
        deviceMapper.open("pool-1", -1);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (pool.pendingRemovals() > 0) {
                Thread.sleep(10);
            }
        });
        assertEquals(Set.of(PoolIdentity.DEVICE_ID, 2), kernelPool.ids());
        assertEquals(List.of("vm1"), names(pool));
    }

    @Test
    void activate_whenTheLastUserHasYetToLeave_takesTheDeviceIntoServiceAgain() throws Exception {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");
        deviceMapper.open("pool-1", 1);

        pool.deactivate("vm1");
        pool.activate("vm1");
        deviceMapper.open("pool-1", -1);

        assertEquals(List.of("pool", "pool-1"), deviceMapper.names());
    }

    @Test
    void create_whenMetadataCouldRunOut_isRefusedBeforeTheyDo() {
        ThinPool pool = open();
        int made = 0;
        ThinPoolException refusal = null;
        while (refusal == null) {
            try {
                pool.create("vm" + made, 4096L * MIB, "");
                made++;
            } catch (ThinPoolException e) {
                refusal = e;
            }
        }

        assertEquals(Reason.NO_SPACE, refusal.reason(), refusal.getMessage());
        // 4096 blocks of metadata less a tenth and the used ones; each device of 65536 is promised 1 + 65536 / 126 / 8.
        assertEquals(54, made);
        assertTrue(refusal.getMessage().contains("grow the metadata device"), refusal.getMessage());
    }

    @Test
    void resizePool_whenTheDataDeviceHasGrown_endsOutOfSpace() {
        ThinPool pool = open();
        ThinDevice full = pool.create("full", 64 * MIB, "");
        kernelPool.write(full.deviceId(), 1 << 17);
        kernelPool.write(full.deviceId(), 1);
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());

        pool.resizePool(1 << 25);

        assertEquals(1 << 18, pool.status().totalDataBlocks());
        assertEquals(ThinPoolStatus.Mode.READ_WRITE, pool.status().mode());
        assertThrows(IllegalArgumentException.class, () -> pool.resizePool(1 << 24));
    }

    @Test
    void resizePool_whenTheMetadataDeviceHasGrown_admitsMore() {
        ThinPool pool = open();
        kernelPool.growMetadataDevice(8192);
        assertEquals(4096, pool.status().totalMetadataBlocks());

        pool.resizePool(CONFIG.dataSectors());

        assertEquals(8192, pool.status().totalMetadataBlocks());
    }

    @Test
    void resizePool_whenThePoolNeedsACheck_isRefusedBeforeTheKernelPassesOverIt() {
        ThinPool pool = open();
        kernelPool.breakMetadata();

        assertRefused(Reason.NEEDS_REPAIR, () -> pool.resizePool(1 << 25));

        assertEquals(CONFIG.dataSectors(), pool.config().dataSectors());
    }

    @Test
    void resizePool_whenTheKernelRefuses_leavesThePoolRunningAtItsOldSize() throws Exception {
        ThinPool pool = open();
        kernelPool.refuseGrowth();

        assertRefused(Reason.IO, () -> pool.resizePool(1 << 25));

        assertFalse(deviceMapper.find("pool").orElseThrow().suspended());
        assertEquals(1 << 17, pool.status().totalDataBlocks());
        assertEquals(CONFIG.dataSectors(), pool.config().dataSectors());
        pool.create("vm1", 64 * MIB, "");
    }

    @Test
    void watcher_whenThePoolFills_tellsEachLevelOnce() throws Exception {
        ThinPool pool = open();
        ThinDevice device = pool.create("vm1", 64 * MIB, "");
        BlockingQueue<PoolLevel> told = new LinkedBlockingQueue<>();

        try (ThinPoolWatcher watcher =
                new ThinPoolWatcher(pool, deviceMapper, (before, now, status) -> told.add(now))) {
            long percent = (1 << 17) / 100 + 1;
            Map<PoolLevel, Integer> steps = new TreeMap<>(
                    Map.of(PoolLevel.FILLING, 71, PoolLevel.HIGH, 15, PoolLevel.CRITICAL, 10)); // 71, 86, 96 %
            for (PoolLevel level : steps.keySet()) {
                kernelPool.write(device.deviceId(), percent * steps.get(level));
                deviceMapper.raiseEvent();
                assertEquals(level, told.poll(10, TimeUnit.SECONDS), watcher::toString);
            }
            kernelPool.write(device.deviceId(), 1 << 17);
            deviceMapper.raiseEvent();
            assertEquals(PoolLevel.OUT_OF_SPACE, told.poll(10, TimeUnit.SECONDS));
            kernelPool.breakMetadata();
            deviceMapper.raiseEvent();
            assertEquals(PoolLevel.BROKEN, told.poll(10, TimeUnit.SECONDS));
        }

        assertTrue(told.isEmpty(), told::toString);
    }

    @Test
    void open_whenNotTakenDownInOrder_checksMetadataAndRefusesDamagedOnes() {
        open().close();
        metadata.problem = "bad checksum in superblock";
        open().close(); // it stands: nothing to check

        deviceMapper.crash();

        ThinPoolException refusal = assertThrows(ThinPoolException.class, this::open);
        assertEquals(Reason.NEEDS_REPAIR, refusal.reason());
        assertTrue(refusal.getMessage().contains("bad checksum"), refusal.getMessage());
        assertEquals(List.of(), deviceMapper.names(), "assembled all the same");
    }

    @Test
    void open_whenStoppedInOrder_needsNoCheck() {
        ThinPool pool = open();
        pool.create("vm1", 64 * MIB, "");
        pool.activate("vm1");
        pool.stop();
        assertEquals(List.of(), deviceMapper.names());
        metadata.problem = "must not be asked";

        assertEquals(List.of("vm1"), names(open()));
    }

    @Test
    void open_whenThePoolIsUnknownToItsRecords_isRefusedUntouched() throws IOException {
        open().stop();
        Files.delete(folder.resolve("pool.db"));

        assertRefused(Reason.NOT_OURS, this::open);
        assertEquals(List.of(), deviceMapper.names());
    }

    @Test
    void open_whenThePoolSaysItIsAnother_isRefused() throws IOException {
        open().stop();
        Path disk = folder.resolve("fairlead-identity.disk");
        Files.writeString(disk, Files.readString(disk).replaceFirst("uuid .", "uuid x"));

        assertRefused(Reason.NOT_OURS, this::open);
    }

    @Test
    void open_whenTheMetadataDeviceIsBlankAllOfASudden_isRefused() {
        open().stop();
        metadata.blank = true;

        assertRefused(Reason.NOT_OURS, this::open);
    }

    @Test
    void everyChange_whenTheProcessDiesAtAnyCall_isWholeOrUndoneAfterTheNextStart() {
        dieAtEveryCallOf(ModelThinPoolTest::script, 12, 8);
    }

    @Test
    void everyChangeOfAFullPool_whenTheProcessDiesAtAnyCall_isWholeOrUndoneAfterTheNextStart() {
        dieAtEveryCallOf(ModelThinPoolTest::fillAndDelete, 8, 8);
    }

    private static final String LAYER = "layer";

    /** Changes of a pool; returns the names of volumes reported to a client. */
    private interface Script {
        void run(ModelThinPoolTest test, ThinPool pool, Set<String> reported);
    }

    private void dieAtEveryCallOf(Script script, int atLeastKernel, int atLeastRecords) {
        Calls steps = callsOf(script);
        assertTrue(
                steps.kernel > atLeastKernel && steps.records > atLeastRecords,
                "the script makes only %s".formatted(steps));
        for (boolean afterwards : new boolean[] {false, true}) {
            for (boolean powerCut : new boolean[] {false, true}) {
                for (int n = 1; n <= steps.kernel; n++) {
                    new ModelThinPoolTest().crashAt(new Calls(n, -1), script, afterwards, powerCut, folder);
                }
                for (int n = 1; n <= steps.records; n++) {
                    new ModelThinPoolTest().crashAt(new Calls(-1, n), script, afterwards, powerCut, folder);
                }
            }
        }
    }

    /** Calls of the kernel and of the records: how many were made, or which one fails. */
    private record Calls(int kernel, int records) {}

    private Calls callsOf(Script script) {
        MortalRecords records = new MortalRecords(new SqliteThinRecords(folder.resolve("pool.db")), deviceMapper);
        deviceMapper.failOnCall(-1, false);
        try (ThinPool pool = open(records)) {
            script.run(this, pool, new HashSet<>());
        }
        return new Calls(deviceMapper.calls(), records.calls());
    }

    private void fillAndDelete(ThinPool pool, Set<String> reported) {
        pool.create("small", 64 * MIB, "");
        reported.add("small");
        int greedy = pool.create("greedy", 64 * MIB, "").deviceId();
        reported.add("greedy");
        kernelPool.write(greedy, 1 << 17);
        kernelPool.write(greedy, 1);
        assertEquals(ThinPoolStatus.Mode.OUT_OF_DATA_SPACE, pool.status().mode());
        assertRefused(Reason.NO_SPACE, () -> pool.create("more", 64 * MIB, ""));
        pool.activate("small");
        pool.deactivate("small");
        reported.remove("small"); // from here on it may or may not be there
        pool.delete("small");
        reported.remove("greedy");
        pool.delete("greedy");
        pool.create("after", 64 * MIB, "");
        reported.add("after");
    }

    private void script(ThinPool pool, Set<String> reported) {
        pool.create("base", 64 * MIB, "");
        reported.add("base");
        pool.activate("base");
        pool.snapshot("base", "copy", 64 * MIB);
        reported.add("copy");
        pool.activate("copy");
        pool.grow("copy", 128 * MIB);
        pool.deactivate("copy");
        reported.remove("copy"); // from here on it may or may not be there
        pool.delete("copy");
        pool.create("other", 64 * MIB, "");
        reported.add("other");
        pool.deactivate("base");
        pool.snapshot("base", "new", 64 * MIB);
        reported.add("new");
        reported.remove("new"); // from here on it may have the other name
        pool.activate("other");
        pool.replace("other", "new");
        pool.snapshot("base", LAYER, 64 * MIB, ThinRole.UNFINISHED);
        pool.activate(LAYER);
        pool.deactivate(LAYER);
        pool.assign(LAYER, ThinRole.LAYER);
        reported.add(LAYER);
    }

    /**
     * The process dies at a call, be it while the pool opens or in the script; a second one must find things in order.
     */
    private void crashAt(Calls at, Script script, boolean afterwards, boolean powerCut, Path parent) {
        try {
            folder = Files.createTempDirectory(parent, "crash");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> reported = new HashSet<>();
        MortalRecords records = new MortalRecords(new SqliteThinRecords(folder.resolve("pool.db")), deviceMapper);
        records.failOnCall(at.records, afterwards);
        deviceMapper.failOnCall(at.kernel, afterwards);
        assertThrows(
                ModelDeviceMapper.Killed.class,
                () -> {
                    try (ThinPool pool = open(records)) {
                        script.run(this, pool, reported);
                    }
                },
                at::toString);
        records.close();
        deviceMapper.failOnCall(-1, false);
        if (powerCut) {
            deviceMapper.crash();
        }

        try (ThinPool again = open()) {
            again.devices().forEach(d -> assertEquals(ThinDevice.Stage.CREATED, d.stage(), d::toString));
            assertEquals(ids(again), kernelPool.ids(), "records and pool after %s".formatted(at));
            assertTrue(names(again).containsAll(reported), "%s of %s".formatted(names(again), reported));
            assertTrue(isLayer(again) || !reported.contains(LAYER), at::toString);
            names(again).forEach(again::activate);
            again.devices().forEach(this::assertMappedInFull);
            names(again).forEach(again::deactivate);
            names(again).forEach(again::delete);
            assertEquals(List.of("pool"), deviceMapper.names(), "devices left behind");
        }
    }

    private static boolean isLayer(ThinPool pool) {
        return pool.find(LAYER)
                .filter(device -> device.role() == ThinRole.LAYER)
                .isPresent();
    }

    private void assertMappedInFull(ThinDevice device) {
        try {
            String name = "pool-" + device.deviceId();
            assertEquals(
                    device.sizeBytes() / 512, deviceMapper.table(name).get(0).sectors(), name);
            assertFalse(deviceMapper.find(name).orElseThrow().suspended(), name);
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every id the kernel should have. */
    private static Set<Integer> ids(ThinPool pool) {
        Set<Integer> ids = pool.devices().stream().map(ThinDevice::deviceId).collect(Collectors.toSet());
        ids.add(PoolIdentity.DEVICE_ID);
        return ids;
    }
}
