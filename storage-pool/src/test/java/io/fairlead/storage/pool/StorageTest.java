package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;
import io.fairlead.kit.event.Event;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.event.Occurrence;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.storage.driver.FakePoolBackend;
import io.fairlead.storage.driver.FakePoolDriver;
import io.fairlead.storage.driver.PoolDriver.Build;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.driver.PoolSpec;
import io.fairlead.storage.pool.Volumes.Change;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.storage.PoolSourceElement;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private final FakePoolDriver driver = new FakePoolDriver("dir");
    private final FakePoolDriver remote = new FakePoolDriver("netfs");
    private final EventBus bus = new EventBus(Clock.systemUTC());
    private Storage storage;

    @BeforeEach
    void open() {
        storage = Storage.open(
                folder.resolve("state"),
                folder.resolve("run"),
                new PoolDrivers(List.of(driver, remote)),
                new DurableFiles(),
                bus);
    }

    @AfterEach
    void close() {
        storage.close();
        bus.close();
    }

    private void restart() {
        storage.close();
        open();
    }

    private static StoragePoolDocument xml(String name, String path) {
        return StoragePoolDocument.parse(
                "<pool type='dir'><name>%s</name><target><path>%s</path></target></pool>".formatted(name, path));
    }

    private Pool defined(String name) {
        return storage.definitions().define(xml(name, "/srv/" + name));
    }

    private Pool started(String name) {
        Pool pool = defined(name);
        storage.lifecycle().start(pool, Optional.of(Build.PLAIN));
        return pool;
    }

    private static VolumeRequest volume(String name, long mib) {
        return VolumeRequest.parse(
                "<volume><name>%s</name><capacity unit='MiB'>%d</capacity></volume>".formatted(name, mib));
    }

    private static void refused(ErrorCode code, String text, Executable call) {
        EngineException refusal = assertThrows(EngineException.class, call);
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertEquals(ErrorDomain.STORAGE, refusal.domain());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    private List<Occurrence> events() {
        return bus.after(0).stream().map(Event::what).toList();
    }

    @Test
    void pool_throughItsLife_tellsEveryChangeInOrder() {
        Pool pool = started("p1");
        storage.lifecycle().refresh(pool);
        storage.lifecycle().stop(pool);
        storage.lifecycle().delete(pool);
        storage.definitions().undefine(pool);

        assertEquals(
                List.of(
                        lifecycle(pool, PoolEvent.Change.DEFINED),
                        lifecycle(pool, PoolEvent.Change.CREATED),
                        lifecycle(pool, PoolEvent.Change.STARTED),
                        new PoolEvent.Refresh(pool.uuid(), "p1"),
                        lifecycle(pool, PoolEvent.Change.STOPPED),
                        lifecycle(pool, PoolEvent.Change.DELETED),
                        lifecycle(pool, PoolEvent.Change.UNDEFINED)),
                events());
        assertEquals(List.of(), storage.registry().all());
    }

    private static PoolEvent lifecycle(Pool pool, PoolEvent.Change change) {
        return new PoolEvent.Lifecycle(pool.uuid(), pool.name(), change);
    }

    @Test
    void pool_whenItsLevelChanges_tellsARefreshWhileItIsActive() {
        Pool pool = started("p1");
        FakePoolBackend backend = (FakePoolBackend) pool.status().backend();

        backend.changeLevel();
        storage.lifecycle().stop(pool);
        backend.changeLevel();
        storage.definitions().undefine(pool);

        List<Occurrence> events = events();
        assertEquals(
                List.of(
                        new PoolEvent.Refresh(pool.uuid(), "p1"),
                        lifecycle(pool, PoolEvent.Change.STOPPED),
                        lifecycle(pool, PoolEvent.Change.UNDEFINED)),
                events.subList(3, events.size()));
    }

    @Test
    void volume_whenMadeCopiedAndDeleted_tellsEachAndNoFailure() {
        Pool pool = started("p1");
        int before = events().size();

        Volume made = storage.volumes().create(pool, volume("v", 1));
        refused(ErrorCode.STORAGE_VOLUME_EXISTS, "v", () -> storage.volumes().create(pool, volume("v", 1)));
        storage.volumes().copy(pool, volume("w", 1), made);
        storage.volumes().delete(made, false, false);

        List<Occurrence> events = events();
        assertEquals(
                List.of(
                        new VolumeEvent(pool.uuid(), "p1", "v", VolumeEvent.Change.CREATED),
                        new VolumeEvent(pool.uuid(), "p1", "w", VolumeEvent.Change.CREATED),
                        new VolumeEvent(pool.uuid(), "p1", "v", VolumeEvent.Change.DELETED)),
                events.subList(before, events.size()));
    }

    @Test
    void pool_thatCannotBeLookedAt_isShownWithItsLastNumbers() {
        Pool pool = started("p1");
        String before = StorageXml.of(pool, false);
        driver.failOnCall(1);
        assertEquals(pool.status().usage(), pool.usage());
        driver.failOnCall(1);
        assertEquals(before, StorageXml.of(pool, false));
        driver.failOnCall(2);
        assertEquals(before, StorageXml.of(pool, false));
        assertEquals(pool.status().backend().usage(), pool.usage());
    }

    @Test
    void define_whenNameUuidOrFolderIsTaken_isRefused() {
        Pool pool = defined("p1");
        refused(ErrorCode.OPERATION_FAILED, "already exists with uuid " + pool.uuid(), () -> defined("p1"));
        refused(ErrorCode.OPERATION_FAILED, "Storage source conflict with pool: 'p1'", () -> storage.definitions()
                .define(xml("p2", "/srv/p1")));
        String sameUuid =
                xml("p2", "/srv/p2").toXml().replaceAll("<uuid>.*</uuid>", "<uuid>" + pool.uuid() + "</uuid>");
        refused(ErrorCode.OPERATION_FAILED, "is already defined with uuid", () -> storage.definitions()
                .define(StoragePoolDocument.parse(sameUuid)));
    }

    @Test
    void changes_whenThePoolIsInTheWrongState_areRefused() {
        Pool pool = defined("p1");
        refused(ErrorCode.OPERATION_INVALID, "storage pool 'p1' is not active", () -> storage.lifecycle()
                .stop(pool));
        refused(ErrorCode.OPERATION_INVALID, "not active", () -> storage.lifecycle()
                .refresh(pool));
        refused(ErrorCode.OPERATION_INVALID, "not active", () -> storage.volumes()
                .create(pool, volume("v1", 1)));
        storage.lifecycle().start(pool, Optional.of(Build.PLAIN));
        refused(ErrorCode.OPERATION_INVALID, "already active", () -> storage.lifecycle()
                .start(pool, Optional.empty()));
        refused(ErrorCode.OPERATION_INVALID, "already active", () -> storage.lifecycle()
                .build(pool, Build.PLAIN));
        refused(ErrorCode.OPERATION_INVALID, "still active", () -> storage.definitions()
                .undefine(pool));
        refused(ErrorCode.OPERATION_INVALID, "still active", () -> storage.lifecycle()
                .delete(pool));
    }

    @Test
    void open_whenADaemonLeftPoolsActive_findsThemActive() {
        Pool defined = started("p1");
        storage.definitions().setAutostart(defined, true);
        Pool passing = storage.lifecycle().create(xml("p2", "/srv/p2"), Optional.of(Build.PLAIN));
        Pool off = defined("p3");

        restart();

        assertTrue(storage.registry().get("p1").status().active());
        assertTrue(storage.registry().get("p1").status().autostart());
        assertTrue(storage.registry().get("p2").status().active());
        assertFalse(storage.registry().get("p2").status().persistent());
        assertFalse(storage.registry().get("p3").status().active());
        assertEquals(
                List.of(defined.uuid(), passing.uuid(), off.uuid()),
                storage.registry().all().stream().map(Pool::uuid).toList());
    }

    @Test
    void open_whenAPoolCannotComeUpAgain_servesTheOthers() {
        started("p1");
        started("p2");
        storage.close();
        driver.failOnCall(1);

        open();

        assertEquals(
                1,
                storage.registry().all().stream()
                        .filter(pool -> pool.status().active())
                        .count());
        assertEquals(2, storage.registry().all().size());
    }

    @Test
    void stop_whenThePoolIsNotDefined_forgetsIt() {
        Pool pool = storage.lifecycle().create(xml("p1", "/srv/p1"), Optional.of(Build.PLAIN));
        refused(ErrorCode.INTERNAL_ERROR, "pool has no config file", () -> storage.definitions()
                .setAutostart(pool, true));

        storage.lifecycle().stop(pool);

        refused(ErrorCode.NO_STORAGE_POOL, "no storage pool with matching name 'p1'", () -> storage.registry()
                .get("p1"));
        restart();
        assertEquals(List.of(), storage.registry().all());
    }

    @Test
    void create_whenItCannotStart_leavesNothing() {
        refused(ErrorCode.SYSTEM_ERROR, "cannot open path", () -> storage.lifecycle()
                .create(xml("p1", "/srv/p1"), Optional.empty()));
        assertEquals(List.of(), storage.registry().all());
        restart();
        assertEquals(List.of(), storage.registry().all());
    }

    @Test
    void define_whenActive_takesEffectAtTheNextStart() {
        Pool pool = started("p1");
        String moved = pool.status().definition().toXml().replace("/srv/p1", "/srv/elsewhere");

        storage.definitions().define(StoragePoolDocument.parse(moved));

        assertTrue(StorageXml.of(pool, true).contains("/srv/elsewhere"));
        assertEquals(Optional.of("/srv/p1"), pool.status().definition().targetPath());
        storage.lifecycle().stop(pool);
        assertEquals(Optional.of("/srv/elsewhere"), pool.status().definition().targetPath());
    }

    @Test
    void open_whenTheHostOfAPoolDoesNotAnswer_servesTheOthersAndBringsItUpWhenItDoes() throws InterruptedException {
        started("p1");
        Pool far = storage.definitions()
                .define(StoragePoolDocument.parse(
                        "<pool type='netfs'><name>far</name><target><path>/far</path></target></pool>"));
        storage.lifecycle().start(far, Optional.of(Build.PLAIN));
        CountDownLatch answer = new CountDownLatch(1);
        remote.waitFor(answer);

        restart();
        assertTrue(storage.registry().get("p1").status().active());
        Pool again = storage.registry().get("far");
        assertFalse(again.status().active());

        answer.countDown();
        for (int i = 0; i < 1000 && !again.status().active(); i++) {
            Thread.sleep(10);
        }
        assertTrue(again.status().active());
    }

    @Test
    void autostart_whenMarked_startsWhatCanAndSkipsWhatCannot() {
        Pool good = started("p1");
        storage.lifecycle().stop(good);
        storage.definitions().setAutostart(good, true);
        storage.definitions().setAutostart(defined("p0"), true);

        storage.lifecycle().autostart();

        assertTrue(good.status().active());
        assertFalse(storage.registry().get("p0").status().active());
    }

    @Test
    void volumes_whenMade_areFoundByNameKeyAndPath() {
        Pool pool = started("p1");
        Volume made = storage.volumes().create(pool, volume("v1", 2));

        assertEquals(made, storage.lookups().byName(pool, "v1"));
        assertEquals(made, storage.lookups().byKey("/srv/p1/v1"));
        assertEquals(made, storage.lookups().byPath("/srv/p1/v1"));
        assertEquals(pool, storage.registry().byTargetPath("/srv/p1/"));
        refused(ErrorCode.NO_STORAGE_VOLUME, "matching name 'v2'", () -> storage.lookups()
                .byName(pool, "v2"));
        storage.volumes().delete(made, false, false);
        refused(ErrorCode.NO_STORAGE_VOLUME, "matching key /srv/p1/v1", () -> storage.lookups()
                .byKey("/srv/p1/v1"));
    }

    @Test
    void copy_whenIntoAnotherPool_hasTheContent() throws IOException {
        Pool from = started("p1");
        Pool into = started("p2");
        Volume origin = storage.volumes().create(from, volume("v1", 3));
        try (var upload = storage.transfers().upload(origin, MIB, 0)) {
            upload.content().write(upload.from(), ByteBuffer.wrap(new byte[] {42}));
        }

        Volume copy = storage.volumes().copy(into, volume("copy", 1), origin);

        assertEquals(3 * MIB, copy.facts().capacityBytes());
        ByteBuffer one = ByteBuffer.allocate(1);
        try (var download = storage.transfers().download(copy, MIB, 1)) {
            assertEquals(MIB + 1, download.to());
            download.content().read(download.from(), one);
        }
        assertEquals(42, one.get(0));
        refused(ErrorCode.INTERNAL_ERROR, "storage volume name 'copy' already in use.", () -> storage.volumes()
                .copy(into, volume("copy", 1), origin));
    }

    @Test
    void copy_whenItFailsInTheMiddle_leavesNoHalfVolume() {
        Pool from = started("p1");
        Pool into = started("p2");
        Volume origin = storage.volumes().create(from, volume("v1", 1));
        for (int call = 1; call <= 4; call++) {
            driver.failOnCall(call);
            assertThrows(EngineException.class, () -> storage.volumes().copy(into, volume("copy", 1), origin));
            driver.failOnCall(Integer.MAX_VALUE);
            storage.lifecycle().refresh(into);
            assertEquals(List.of(), List.copyOf(into.status().volumes().keySet()), "failed on call " + call);
        }
    }

    @Test
    void resize_whenItWouldLoseData_isRefused() {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 4));
        refused(ErrorCode.INVALID_ARG, "can't shrink capacity below existing allocation", () -> storage.volumes()
                .resize(volume, MIB, Change.TO, false, true));
        refused(ErrorCode.INVALID_ARG, "grows beyond", () -> storage.volumes()
                .resize(volume, Long.MAX_VALUE, Change.GROW_BY, false, false));
        refused(ErrorCode.INVALID_ARG, "capacity of", () -> storage.volumes()
                .resize(volume, -1, Change.TO, false, false));

        storage.volumes().resize(volume, 2 * MIB, Change.GROW_BY, false, false);

        assertEquals(6 * MIB, storage.lookups().byName(pool, "v1").facts().capacityBytes());
    }

    @Test
    void changes_whileAStreamLasts_areRefusedAndNothingIsLost() {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 1));
        VolumeTransfers.Transfer upload = storage.transfers().upload(volume, 0, 0);
        refused(ErrorCode.OPERATION_INVALID, "volume 'v1' is still in use.", () -> storage.volumes()
                .delete(volume, false, false));
        refused(ErrorCode.OPERATION_INVALID, "still in use", () -> storage.transfers()
                .download(volume, 0, 0));
        upload.close();
        storage.volumes().delete(volume, false, false);
    }

    @Test
    void refreshAndStop_whileAStreamLasts_doNotWaitForIt() throws IOException {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 1));
        try (VolumeTransfers.Transfer upload = storage.transfers().upload(volume, 0, 0)) {
            storage.lifecycle().refresh(pool);
            storage.volumes().create(pool, volume("v2", 1));
            storage.lifecycle().refresh(pool);
            assertEquals(Set.of("v1", "v2"), pool.status().volumes().keySet());
            upload.content().write(0, ByteBuffer.wrap(new byte[] {1}));
            storage.lifecycle().stop(pool);
        }
        assertFalse(pool.status().active());
        assertTrue(pool.status().volumes().isEmpty());
    }

    @Test
    void refresh_whileVolumesComeAndGo_hasWhatIsThere() {
        Pool pool = started("p1");
        storage.volumes().create(pool, volume("old", 1));
        FakePoolBackend backend = (FakePoolBackend) pool.status().backend();
        backend.duringScan(() -> {
            storage.volumes().create(pool, volume("new", 1));
            storage.volumes().delete(storage.lookups().byName(pool, "old"), false, false);
        });

        storage.lifecycle().refresh(pool);

        assertEquals(Set.of("new"), pool.status().volumes().keySet());
    }

    @Test
    void refresh_whenThePoolCannotBeLookedAtAnyMore_stopsItUnlessADomainHasAVolume() {
        Pool pool = started("p1");
        storage.volumes().create(pool, volume("v1", 1));
        UUID guest = UUID.randomUUID();
        storage.guests().acquire(guest, List.of(new VolumeSource("p1", "v1")));
        driver.failOnCall(1);
        refused(ErrorCode.SYSTEM_ERROR, "cannot", () -> storage.lifecycle().refresh(pool));
        assertTrue(pool.status().active());
        storage.guests().release(guest);
        driver.failOnCall(1);
        refused(ErrorCode.SYSTEM_ERROR, "cannot", () -> storage.lifecycle().refresh(pool));
        assertFalse(pool.status().active());
        storage.lifecycle().start(pool, Optional.empty());
    }

    @Test
    void delete_whenSomebodyElseDeletedTheVolume_forgetsIt() {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 1));
        pool.status().backend().delete("v1");
        storage.volumes().delete(volume, false, true);
        assertTrue(pool.status().volumes().isEmpty());
    }

    @Test
    void lookups_byPath_foldSlashesAndNothingElse() {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 1));
        String path = volume.facts().path().toString();
        for (String written : List.of(path, path + "/", path.replace("/", "//"))) {
            assertEquals(volume, storage.lookups().byPath(written));
        }
        for (String written : List.of(path + "/..", path + "/.", path.replaceFirst("/v1$", "/./v1"), "v1", "")) {
            refused(
                    ErrorCode.NO_STORAGE_VOLUME,
                    "no storage vol with matching path '%s'".formatted(written),
                    () -> storage.lookups().byPath(written));
        }
        assertEquals(pool, storage.registry().byTargetPath("/srv//p1/"));
        refused(ErrorCode.NO_STORAGE_POOL, "matching target path '/srv/./p1'", () -> storage.registry()
                .byTargetPath("/srv/./p1"));
    }

    @Test
    void define_whenALinkOrAnotherNameOfADiskLeadsToAnotherPool_isRefused() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path tree = Files.createDirectory(target.resolve("plain"));
        storage.definitions().define(xml("p1", target.toString()));
        for (String other : List.of(link.toString(), target + "//", target + "/.fairlead", target + "/.fairlead-x/y")) {
            refused(ErrorCode.OPERATION_FAILED, "Storage source conflict with pool: 'p1'", () -> storage.definitions()
                    .define(xml("p2", other)));
        }
        storage.definitions().define(xml("nested", tree.toString())); // as libvirt has it
        Path disk = Files.createFile(folder.resolve("disk"));
        Path alias = Files.createLink(folder.resolve("alias"), disk);
        String netfs =
                "<pool type='netfs'><name>%s</name><source><device path='%s'/><host name='h'/><dir path='%s'/></source>"
                        + "<target><path>/srv/%s</path></target></pool>";
        storage.definitions().define(StoragePoolDocument.parse(netfs.formatted("n1", disk, "/x", "n1")));
        refused(ErrorCode.OPERATION_FAILED, "conflict with pool: 'n1'", () -> storage.definitions()
                .define(StoragePoolDocument.parse(netfs.formatted("n2", alias, "/x/", "n2"))));
        storage.definitions().define(StoragePoolDocument.parse(netfs.formatted("n2", alias, "/y", "n2")));
    }

    @Test
    void transfer_whenOffsetOrLengthMakeNoSense_isRefusedOrCutToTheVolume() {
        Pool pool = started("p1");
        Volume volume = storage.volumes().create(pool, volume("v1", 1));
        refused(ErrorCode.INVALID_ARG, "do not lie in a volume", () -> storage.transfers()
                .upload(volume, -1, 0));
        refused(ErrorCode.INVALID_ARG, "do not lie in a volume", () -> storage.transfers()
                .download(volume, 0, Long.MIN_VALUE));
        try (var transfer = storage.transfers().download(volume, 5 * MIB, Long.MAX_VALUE)) {
            assertEquals(transfer.from(), transfer.to());
        }
    }

    @Test
    void sources_thatAPoolIsDefinedOn_areNotFound() {
        driver.hasSources(
                PoolSpec.Source.on(List.of(Path.of("/dev/null")), Optional.empty()),
                PoolSpec.Source.on(List.of(Path.of("/dev/zero")), Optional.empty()));
        storage.definitions()
                .define(StoragePoolDocument.parse(
                        "<pool type='dir'><name>p1</name><source><device path='/dev/../dev/null'/></source>"
                                + "<target><path>/srv/p1</path></target></pool>"));

        List<PoolSourceElement> found = storage.sources().find("dir", Optional.empty());

        assertEquals(
                List.of(List.of("/dev/zero")),
                found.stream().map(PoolSourceElement::devices).toList());
        refused(ErrorCode.NO_SUPPORT, "pool type 'netfs' does not support source discovery", () -> storage.sources()
                .find("netfs", Optional.empty()));
    }

    @Test
    void lookUp_whenThereIsNoSuchPool_saysWhatLibvirtSays() {
        UUID uuid = UUID.randomUUID();
        refused(ErrorCode.NO_STORAGE_POOL, "matching uuid '%s' (old)".formatted(uuid), () -> storage.registry()
                .get(uuid, "old"));
        refused(ErrorCode.INTERNAL_ERROR, "missing backend for pool type 9 (rbd)", () -> storage.definitions()
                .define(StoragePoolDocument.parse("<pool type='rbd'><name>x</name></pool>")));
    }
}
