package io.fairlead.backend.launch;

import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.ConsoleCopies;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.core.backend.Stdio;
import io.fairlead.linux.cgroup.MigrationWarmer;
import io.fairlead.linux.sys.Poller;
import io.fairlead.xml.domain.DomainDocument;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes guests: those of launches, and those of earlier daemons. */
final class Launcher {
    final BackendConfig config;
    final String bootId;
    final BundleBuilder bundles;
    final GuestGroups groups;
    final Remains remains;
    final MonitorCommand monitors;
    final StandbyMonitors standbys;
    final MigrationWarmer warmer;
    final Set<Launch> prepared = ConcurrentHashMap.newKeySet();
    private final Poller poller;

    /** @param poller its thread serves the streams of all guests */
    Launcher(
            BackendConfig config,
            String bootId,
            BundleBuilder bundles,
            GuestGroups groups,
            Remains remains,
            MonitorCommand monitors,
            StandbyMonitors standbys,
            MigrationWarmer warmer,
            Poller poller) {
        this.config = config;
        this.bootId = bootId;
        this.bundles = bundles;
        this.groups = groups;
        this.remains = remains;
        this.monitors = monitors;
        this.standbys = standbys;
        this.warmer = warmer;
        this.poller = poller;
    }

    /** Makes a guest, up to its first instruction. */
    Launch prepare(LaunchPlan plan, LaunchRequest request, Launch.Listener listener) {
        Launch launch = new Launch(this, plan, request, listener);
        launch.prepare();
        prepared.add(launch);
        return launch;
    }

    /** The daemon ends: the next one removes what was prepared and not started. */
    void abandonPrepared() {
        prepared.forEach(Launch::abandon);
    }

    /** The guest object of a guest that runs already. */
    LxcGuest adopt(GuestFolder folder, GuestRecord record, DomainDocument definition) {
        StartGate gate = new StartGate(folder, config.runtime(), record.init().pid());
        ConsoleLog log = log(folder);
        ConsoleCopies copies = ConsoleCopies.resume(definition.definition(), log, folder.path());
        MonitoredIo io = io(folder, record, log, record.shape().stdio(), definition.name());
        return guest(folder, record, definition, BundleBuilder.partition(definition), gate, io, copies);
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
            ConsoleCopies copies) {
        // The terminal lies in the guest's own devpts, and the monitor holds its other end: the host has no path to
        // either. A path through the guest's root would lead wherever the guest wants.
        LiveFacts facts = new LiveFacts(partition, List.of());
        return new LxcGuest(
                folder, record, groups.group(record.cgroup()), gate, io, log(folder), copies, facts, definition);
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

    ConsoleLog log(GuestFolder folder) {
        return log(folder.uuid());
    }

    ConsoleLog log(UUID guest) {
        return ConsoleLog.in(config.logDirectory().resolve(guest.toString()), config.consoleLogBytes());
    }
}
