package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.Adopted;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Monitors on standby, and daemons that are killed while one becomes a guest's. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "crun", "runc"})
@Timeout(60)
class StandbyMonitorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private BackendConfig config;
    private MonitorCommand monitors;

    @BeforeEach
    void choose() throws IOException {
        use("crun");
    }

    private void use(String runtime) throws IOException {
        config = TestConfig.in(directory, runtime);
        monitors = new MonitorCommand(config.conmon(), config.runtime());
    }

    private StandbyMonitor made() throws IOException {
        return StandbyMonitor.make(config, monitors, MonitorShape.TERMINAL, LIMIT);
    }

    private static ProcessId idOf(StandbyMonitor standby) throws IOException {
        return ProcessId.of(standby.monitor().pid());
    }

    private static List<ProcessId> family(StandbyMonitor standby) throws IOException {
        List<ProcessId> all = new ArrayList<>();
        all.add(idOf(standby));
        for (ProcessHandle child : ProcessHandle.of(standby.monitor().pid())
                .orElseThrow()
                .descendants()
                .toList()) {
            all.add(ProcessId.of((int) child.pid()));
        }
        return all;
    }

    private GuestRecord intent(StandbyMonitor standby, GuestFolder guest) throws IOException {
        return GuestRecord.intent(
                        ProcessTable.bootId(),
                        config.cgroupRoot() + "/machine/one-" + guest.uuid(),
                        false,
                        MonitorShape.TERMINAL)
                .withId(standby.id())
                .withMonitor(idOf(standby));
    }

    private GuestFolder guest() {
        return GuestFolder.of(config.runDirectory(), UUID.randomUUID());
    }

    /** Only the files that every daemon makes. */
    private void assertNothingLeft() throws IOException {
        for (Path folder : List.of(
                GuestFolder.standbys(config.runDirectory()),
                GuestFolder.guests(config.runDirectory()),
                StandbyMonitor.logs(config.logDirectory()))) {
            if (Files.exists(folder)) {
                try (Stream<Path> left = Files.list(folder)) {
                    assertEquals(List.of(), left.toList());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void discard_endsMonitorAndRuntimeAndLeavesNothing(String runtime) throws Exception {
        use(runtime);
        StandbyMonitor standby = made();
        List<ProcessId> family = family(standby);
        assertTrue(family.size() >= 2, "the runtime waits: " + family);
        standby.discard();
        NextDaemon.assertDead(family);
        assertNothingLeft();
    }

    @Test
    void discard_whenItIsAGuestsAlready_leavesTheGuestsFolderToItsOwner() throws Exception {
        StandbyMonitor standby = made();
        List<ProcessId> family = family(standby);
        GuestFolder guest = guest();
        ConsoleLog log =
                ConsoleLog.in(config.logDirectory().resolve(guest.uuid().toString()), config.consoleLogBytes());
        log.begin();
        standby.become(guest, intent(standby, guest), log);
        standby.discard();
        NextDaemon.assertDead(family);
        assertTrue(Files.exists(guest.record()));
        TreeRemover.remove(guest.path());
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void adopt_whenOneWasOnStandby_endsIt(String runtime) throws Exception {
        use(runtime);
        List<ProcessId> family = family(made());
        assertEquals(List.of(), NextDaemon.adopts(config));
        NextDaemon.assertDead(family);
        assertNothingLeft();
    }

    @Test
    void adopt_whenItsFolderHasTheIntentOnly_endsIt() throws Exception {
        StandbyMonitor standby = made();
        List<ProcessId> family = family(standby);
        intent(standby, guest())
                .write(GuestFolder.standby(config.runDirectory(), standby.id()).record());
        assertEquals(List.of(), NextDaemon.adopts(config));
        NextDaemon.assertDead(family);
        assertNothingLeft();
    }

    @Test
    void adopt_whenItsFolderIsTheGuestsAndNoLinkIsThere_removesTheGuest() throws Exception {
        StandbyMonitor standby = made();
        List<ProcessId> family = family(standby);
        GuestFolder own = GuestFolder.standby(config.runDirectory(), standby.id());
        GuestFolder guest = guest();
        intent(standby, guest).write(own.record());
        Files.createDirectories(guest.path().getParent());
        Files.move(own.path(), guest.path(), StandardCopyOption.ATOMIC_MOVE);

        List<Adopted> found = NextDaemon.adopts(config);

        assertEquals(1, found.size());
        assertInstanceOf(Adopted.Removed.class, found.get(0));
        NextDaemon.assertDead(family);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void adopt_whenItWasTheGuestsAndHadNoConfiguration_removesTheGuest(String runtime) throws Exception {
        use(runtime);
        StandbyMonitor standby = made();
        List<ProcessId> family = family(standby);
        GuestFolder guest = guest();
        ConsoleLog log =
                ConsoleLog.in(config.logDirectory().resolve(guest.uuid().toString()), config.consoleLogBytes());
        log.begin();
        standby.become(guest, intent(standby, guest), log);
        assertTrue(Files.exists(log.path()), "the log came along");
        assertEquals(
                log.path().toRealPath(),
                guest.logLink().resolve(log.path().getFileName()).toRealPath());

        List<Adopted> found = NextDaemon.adopts(config);

        assertEquals(1, found.size());
        assertInstanceOf(Adopted.Removed.class, found.get(0));
        NextDaemon.assertDead(family);
        assertNothingLeft();
    }

    @Test
    void isAlive_whenTheMonitorHasDied_isFalse() throws Exception {
        StandbyMonitor standby = made();
        assertTrue(standby.isAlive());
        standby.monitor().kill();
        assertFalse(standby.isAlive());
        standby.discard();
        assertNothingLeft();
    }

    @Test
    void take_isGivenEachOneOnce_andAnotherIsMade() throws Exception {
        try (StandbyMonitors standbys = new StandbyMonitors(config, monitors)) {
            standbys.begin();
            StandbyMonitor first = awaited(standbys, MonitorShape.TERMINAL);
            StandbyMonitor second = awaited(standbys, MonitorShape.TERMINAL);
            assertTrue(!first.id().equals(second.id()));
            first.discard();
            second.discard();
        }
        assertNothingLeft();
    }

    @Test
    void take_ofAShapeThatNobodyHasUsed_makesOneForTheNext() throws Exception {
        try (StandbyMonitors standbys = new StandbyMonitors(config, monitors)) {
            standbys.begin();
            awaited(standbys, MonitorShape.TERMINAL).discard();
            assertNull(standbys.take(MonitorShape.OPEN_PIPES));
            awaited(standbys, MonitorShape.OPEN_PIPES).discard();
        }
        assertNothingLeft();
    }

    @Test
    void make_whenTheRuntimeDoesNotComeToItsConfiguration_givesUpAndTheLaunchesGoOnWithout() throws Exception {
        Path lazy = Files.writeString(directory.resolve("crun"), "#!/bin/sh\nexec sleep 1000\n");
        assertTrue(lazy.toFile().setExecutable(true));
        MonitorCommand waiting = new MonitorCommand(config.conmon(), OciRuntime.of(lazy));
        try {
            StandbyMonitor.make(config, waiting, MonitorShape.TERMINAL, Duration.ofMillis(200))
                    .discard();
            throw new AssertionError("made with a runtime that never waits");
        } catch (IOException e) {
            assertNothingLeft();
        }
        try (StandbyMonitors standbys = new StandbyMonitors(config, waiting)) {
            assertNull(standbys.take(MonitorShape.TERMINAL));
        }
    }

    private static StandbyMonitor awaited(StandbyMonitors standbys, MonitorShape shape) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            StandbyMonitor taken = standbys.take(shape);
            if (taken != null) {
                return taken;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("none was made");
    }
}
