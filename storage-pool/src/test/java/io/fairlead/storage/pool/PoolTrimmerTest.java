package io.fairlead.storage.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.storage.driver.FakePoolBackend;
import io.fairlead.storage.driver.FakePoolDriver;
import io.fairlead.storage.driver.PoolDriver.Build;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a trimmer is had, not used
class PoolTrimmerTest {
    private static final Duration SOON = Duration.ofMillis(30);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path folder;

    private final FakePoolDriver driver = new FakePoolDriver("dir");
    private final EventBus bus = new EventBus(Clock.systemUTC());
    private Storage storage;
    private Path mark;

    @BeforeEach
    void open() {
        mark = folder.resolve("mark");
        storage = Storage.open(
                folder.resolve("state"),
                folder.resolve("run"),
                new PoolDrivers(List.of(driver)),
                new DurableFiles(),
                bus);
    }

    @AfterEach
    void close() {
        storage.close();
        bus.close();
    }

    private Pool started(String name) {
        String xml = "<pool type='dir'><name>%s</name><target><path>/srv/%s</path></target></pool>";
        Pool pool = storage.definitions().define(StoragePoolDocument.parse(xml.formatted(name, name)));
        storage.lifecycle().start(pool, Optional.of(Build.PLAIN));
        return pool;
    }

    private static FakePoolBackend backend(Pool pool) {
        return (FakePoolBackend) pool.status().backend();
    }

    private static void awaitTrims(FakePoolBackend backend, int count) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (backend.trims() < count) {
                Thread.sleep(5);
            }
        });
    }

    @Test
    void activePools_areTrimmedAgainAndAgain_inactiveOnesNever() throws IOException {
        FakePoolBackend first = backend(started("p1"));
        Pool stopped = started("p2");
        FakePoolBackend second = backend(stopped);
        storage.lifecycle().stop(stopped);

        try (PoolTrimmer trimmer = new PoolTrimmer(storage.registry(), mark, SOON)) {
            awaitTrims(first, 3);
        }

        assertEquals(0, second.trims());
        Duration sinceMark = Duration.between(Files.getLastModifiedTime(mark).toInstant(), Instant.now());
        assertTrue(sinceMark.toSeconds() < 10, sinceMark::toString);
    }

    @Test
    void otherPools_whenOneFails_areTrimmedAllTheSame() throws IOException {
        FakePoolBackend first = backend(started("p1"));
        FakePoolBackend second = backend(started("p2"));
        driver.failOnCall(2); // the trim of the first, after the look at its numbers

        try (PoolTrimmer trimmer = new PoolTrimmer(storage.registry(), mark, SOON)) {
            awaitTrims(second, 1);
            awaitTrims(first, 1);
        }
    }

    @Test
    void pools_whenTrimmedLately_areLeftAloneByTheNextDaemon() throws Exception {
        FakePoolBackend pool = backend(started("p1"));
        Files.createFile(mark);

        try (PoolTrimmer trimmer = new PoolTrimmer(storage.registry(), mark, WEEK)) {
            Thread.sleep(100);
        }

        assertEquals(0, pool.trims());
        assertTrue(Files.exists(mark));
    }

    @Test
    void pools_whenLongOverdue_waitUntilTheHostHasSettled() throws Exception {
        FakePoolBackend pool = backend(started("p1"));
        Files.createFile(mark);
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minus(WEEK.multipliedBy(2))));

        try (PoolTrimmer trimmer = new PoolTrimmer(storage.registry(), mark, WEEK)) {
            Thread.sleep(100);
        }

        assertEquals(0, pool.trims());
    }

    @Test
    void pools_whenTheIntervalIsZero_areNeverTrimmed() throws Exception {
        FakePoolBackend pool = backend(started("p1"));

        try (PoolTrimmer trimmer = new PoolTrimmer(storage.registry(), mark, Duration.ZERO)) {
            Thread.sleep(100);
        }

        assertEquals(0, pool.trims());
    }
}
