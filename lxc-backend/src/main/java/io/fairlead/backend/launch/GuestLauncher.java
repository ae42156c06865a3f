package io.fairlead.backend.launch;

import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.ConsoleCopies;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.backend.exec.ExecGuest;
import io.fairlead.backend.exec.ExecPrograms;
import io.fairlead.backend.exec.ExecSupervisor;
import io.fairlead.backend.exec.GuestExecs;
import io.fairlead.backend.monitor.AttachSocket;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.core.backend.Stdio;
import io.fairlead.linux.cgroup.MigrationWarmer;
import io.fairlead.linux.sys.Poller;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Makes guests: those of launches, and those of earlier daemons. */
final class GuestLauncher {
    final BackendConfig config;
    final String bootId;
    final BundleBuilder bundles;
    final GuestGroups groups;
    final Remains remains;
    final MonitorCommand monitors;
    final StandbyMonitors standbys;
    final MigrationWarmer warmer;
    final Set<GuestLaunch> prepared = ConcurrentHashMap.newKeySet();
    private final Poller poller;
    final ExecSupervisor execs;

    /** @param poller its thread serves the streams of all guests */
    GuestLauncher(
            BackendConfig config,
            String bootId,
            BundleBuilder bundles,
            GuestGroups groups,
            Remains remains,
            MonitorCommand monitors,
            StandbyMonitors standbys,
            MigrationWarmer warmer,
            Poller poller,
            ExecSupervisor execs) {
        this.config = config;
        this.bootId = bootId;
        this.bundles = bundles;
        this.groups = groups;
        this.remains = remains;
        this.monitors = monitors;
        this.standbys = standbys;
        this.warmer = warmer;
        this.poller = poller;
        this.execs = execs;
    }

    /** Makes a guest, up to its first instruction. */
    GuestLaunch prepare(LaunchPlan plan, LaunchRequest request, GuestLaunch.Listener listener) {
        GuestLaunch launch = new GuestLaunch(this, plan, request, listener);
        launch.prepare();
        prepared.add(launch);
        return launch;
    }

    /** The daemon ends: the next one removes what was prepared and not started. */
    void abandonPrepared() {
        prepared.forEach(GuestLaunch::abandon);
    }

    /** The guest object of a guest that runs already. */
    LxcGuest adopt(GuestFolder folder, GuestRecord record, DomainDocument definition) throws IOException {
        StartGate gate = new StartGate(folder, config.runtime(), record.init().pid());
        ConsoleLog log = log(folder);
        ConsoleCopies copies = ConsoleCopies.resume(definition.definition(), log, folder.path());
        MonitoredIo io = io(folder, record, log, record.shape().stdio(), definition.name());
        GuestExecs processes = execs.adopt(execGuest(folder, record, definition.name()));
        return guest(folder, record, definition, BundleBuilder.partition(definition), gate, io, copies, processes);
    }

    /** Copies the last console output of a guest that ended while no daemon ran. */
    void finishCopies(GuestFolder folder, DomainDocument definition) {
        ConsoleCopies.resume(definition.definition(), log(folder), folder.path())
                .finish();
    }

    LxcGuest guest(
            GuestFolder folder,
            GuestRecord record,
            DomainDocument definition,
            String partition,
            StartGate gate,
            MonitoredIo io,
            ConsoleCopies copies,
            GuestExecs processes) {
        // The terminal lies in the guest's own devpts, and the monitor holds its other end: the host has no path to
        // either. A path through the guest's root would lead wherever the guest wants.
        LiveFacts facts = new LiveFacts(partition, List.of());
        return new LxcGuest(
                folder,
                record,
                groups.group(record.cgroup()),
                gate,
                io,
                log(folder),
                copies,
                processes,
                facts,
                definition);
    }

    MonitoredIo io(GuestFolder folder, GuestRecord record, ConsoleLog log, Stdio stdio, String name) {
        return new MonitoredIo(
                "domain " + name,
                stdio,
                log,
                folder.path(),
                onPackets -> AttachSocket.connect(folder.attachSocket(), poller, onPackets),
                poller,
                () -> !record.init().isAlive());
    }

    /** The guest, for the processes that are started in it. */
    ExecGuest execGuest(GuestFolder folder, GuestRecord record, String name) {
        return new ExecGuest(
                name,
                folder.id(),
                folder.config(),
                record.init(),
                groups.group(record.cgroup()),
                execs.processesOf(folder.uuid()),
                (path, limit) -> {
                    try (InitRoot root = InitRoot.open(record.init())) {
                        return root.readFile(path, limit);
                    }
                },
                this::io);
    }

    private MonitoredIo io(String subject, Path monitor, Stdio stdio, BooleanSupplier dead) {
        ConsoleLog log = new ConsoleLog(monitor.resolve(ExecPrograms.LOG), ExecPrograms.LOG_BYTES);
        Path socket = monitor.resolve(ExecPrograms.ATTACH_SOCKET);
        return new MonitoredIo(
                subject,
                stdio,
                log,
                monitor,
                onPackets -> AttachSocket.connect(socket, poller, onPackets),
                poller,
                dead);
    }

    ConsoleLog log(GuestFolder folder) {
        return log(folder.uuid());
    }

    ConsoleLog log(UUID guest) {
        return ConsoleLog.in(config.logDirectory().resolve(guest.toString()), config.consoleLogBytes());
    }
}
