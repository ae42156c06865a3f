package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.socket.Fifo;
import io.fairlead.linux.sys.Pipe;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import io.fairlead.xml.domain.DomainDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that was killed after it had started a monitor, and before it wrote the configuration. */
@NeedsHost(
        value = HostFeature.ROOT,
        programs = {"conmon", "crun", "runc"})
@Timeout(60)
class CutOffLaunchTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void adopt_whenTheRuntimeStillWaitsForItsConfiguration_killsMonitorAndRuntime(String runtime) throws Exception {
        BackendConfig config = TestConfig.in(directory, runtime);
        UUID uuid = UUID.randomUUID();
        GuestFolder folder = GuestFolder.of(config.runDirectory(), uuid);
        SpawnedProcess monitor = startWithoutConfiguration(config, folder);
        ProcessId waiting = childOf(monitor.pid());

        List<Adopted> found = NextDaemon.adopts(config);
        assertEquals(1, found.size());
        assertInstanceOf(Adopted.Removed.class, found.get(0));
        assertTrue(monitor.waitFor(Duration.ofSeconds(5)).isPresent(), "the monitor lives");
        NextDaemon.assertDead(List.of(waiting));
        assertFalse(Files.exists(folder.path()));
    }

    /** The steps of a launch up to the start of the monitor, whose pid is not recorded yet. */
    private SpawnedProcess startWithoutConfiguration(BackendConfig config, GuestFolder folder) throws Exception {
        DomainDocument definition = DomainDocument.parse(
                """
                <domain type='lxc'><name>one</name><uuid>%s</uuid><memory>65536</memory>
                  <os><type>exe</type><init>/bin/true</init></os>
                  <devices><filesystem><source dir='/'/><target dir='/'/></filesystem><console type='pty'/></devices>
                </domain>
                """
                        .formatted(folder.uuid()));
        String cgroup = config.cgroupRoot() + "/machine/one-" + folder.uuid();
        Files.createDirectories(folder.path());
        Files.createDirectories(folder.states());
        GuestRecord.intent(ProcessTable.bootId(), cgroup, false, MonitorShape.TERMINAL)
                .write(folder.record());
        Files.createSymbolicLink(folder.logLink(), config.logDirectory());
        ConsoleLog log = new ConsoleLog(config.logDirectory().resolve("one.log"), config.consoleLogBytes());
        log.begin();
        Fifo.create(folder.config(), 0600);
        BundleBuilder bundles = new BundleBuilder(CgroupLayout.detect(), true, name -> Optional.empty());
        try (Bundle bundle = bundles.begin(bundles.plan(definition), LaunchRequest.PLAIN);
                Pipe pipe = Pipe.open()) {
            return new MonitorCommand(config.conmon(), config.runtime())
                    .start(
                            folder,
                            "one",
                            MonitorTitle.of("one"),
                            log,
                            MonitorShape.TERMINAL,
                            pipe,
                            List.of(),
                            bundle.heldByMonitor());
        }
    }

    private static ProcessId childOf(int pid) throws Exception {
        for (int i = 0; i < 250; i++) {
            List<ProcessHandle> children =
                    ProcessHandle.of(pid).orElseThrow().children().toList();
            if (!children.isEmpty()) {
                return ProcessId.of((int) children.get(0).pid());
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the monitor has started no runtime");
    }
}
