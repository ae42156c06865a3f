package io.fairlead.backend.launch;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.Console;
import io.fairlead.backend.console.ConsoleCopies;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LiveFacts;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.undo.Rollback;
import io.fairlead.linux.cgroup.MigrationWarmer;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Pipe;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One launch, step by step: intent, folder, configuration, monitor, answer, start. Each step registers its undo. If the
 * daemon is killed between two steps, the intent stays on disk, and {@link Adoption} clears the guest away.
 */
final class Launcher {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    private final BackendConfig config;
    private final String bootId;
    private final BundleBuilder bundles;
    private final GuestGroups groups;
    private final Remains remains;
    private final MonitorCommand monitors;
    private final StandbyMonitors standbys;
    private final MigrationWarmer warmer;

    Launcher(
            BackendConfig config,
            String bootId,
            BundleBuilder bundles,
            GuestGroups groups,
            Remains remains,
            MonitorCommand monitors,
            StandbyMonitors standbys,
            MigrationWarmer warmer) {
        this.config = config;
        this.bootId = bootId;
        this.bundles = bundles;
        this.groups = groups;
        this.remains = remains;
        this.monitors = monitors;
        this.standbys = standbys;
        this.warmer = warmer;
    }

    /** A guest that has been launched, and its monitor, a child of this process. */
    record Launched(LxcGuest guest, SpawnedProcess monitor) {}

    Launched launch(LaunchRequest request) {
        DomainDocument definition = request.definition();
        try (Rollback rollback = new Rollback()) {
            Launched launched = launch(request, definition, rollback);
            rollback.commit();
            return launched;
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR, "cannot start domain %s: %s".formatted(definition.name(), words(e)), e);
        }
    }

    private static String words(IOException e) {
        return e instanceof ErrnoException failed
                ? "%s: %s".formatted(failed.subject(), failed.words())
                : e.getMessage();
    }

    private Launched launch(LaunchRequest request, DomainDocument definition, Rollback rollback) throws IOException {
        warmer.warm();
        GuestFolder place = GuestFolder.of(config.runDirectory(), definition.uuid());
        String partition = BundleBuilder.partition(definition);
        String cgroup = groups.path(partition, definition.name(), definition.uuid());
        GuestRecord intent = GuestRecord.intent(bootId, cgroup, request.autodestroy());
        groups.enter();
        rollback.onFailure("leave the control groups", groups::leave);
        try (Bundle bundle = bundles.begin(definition, request.volumes())) {
            ConsoleLog log = log(place);
            log.begin();
            ConsoleCopies copies = ConsoleCopies.open(definition.definition(), log, place.path());
            rollback.onFailure("close the copies of the console", copies::close);
            TreeRemover.remove(place.path());
            rollback.onFailure("remove the folder", () -> TreeRemover.remove(place.path()));
            StandbyMonitor standby = isPlain(request, bundle) ? standbys.take() : null;
            Monitored monitored = standby == null
                    ? monitored(request, intent, place, log, bundle, rollback)
                    : monitored(standby, intent, place, log, rollback);
            GuestFolder folder = monitored.folder;
            GuestRecord[] latest = {monitored.record};
            rollback.onFailure("remove what was launched", () -> {
                remains.kill(latest[0]);
                remains.remove(latest[0], folder);
            });
            try (Pipe answers = monitored.answers) {
                try (LateConfig configuration = monitored.configuration) {
                    configuration.write(
                            bundles.complete(bundle, folder.root(), cgroup).json());
                }
                // All this happens while the runtime is at work, or still being loaded.
                if (standby != null) {
                    MonitorTitle.change(ProcessId.of(monitored.monitor.pid()), definition.name());
                }
                latest[0] = latest[0].withMonitor(ProcessId.of(monitored.monitor.pid()));
                latest[0].write(folder.record());
                LiveDefinition.write(folder.liveDefinition(), definition);
                log.create();
                copies.begin();
                latest[0] = latest[0].running(awaitInit(answers, folder, bundle));
            }
            LxcGuest guest = begin(request, folder, latest[0], partition, log, copies, bundle);
            bundle.handOver();
            if (standby == null) {
                standbys.worked();
            }
            return new Launched(guest, monitored.monitor);
        }
    }

    /** A monitor that runs, its answers, and the configuration that its runtime waits for. */
    private record Monitored(
            GuestFolder folder, GuestRecord record, SpawnedProcess monitor, Pipe answers, LateConfig configuration) {}

    /** A monitor on standby was started without descriptors for init. */
    private static boolean isPlain(LaunchRequest request, Bundle bundle) {
        return request.initFiles().isEmpty() && bundle.heldByMonitor().isEmpty();
    }

    private Monitored monitored(
            StandbyMonitor standby, GuestRecord intent, GuestFolder place, ConsoleLog log, Rollback rollback)
            throws IOException {
        rollback.onFailure("end the monitor", standby::discard);
        GuestRecord record = intent.withId(standby.id())
                .withMonitor(ProcessId.of(standby.monitor().pid()));
        LateConfig configuration = standby.become(place, record, log);
        return new Monitored(place.knownAs(standby.id()), record, standby.monitor(), standby.answers(), configuration);
    }

    private Monitored monitored(
            LaunchRequest request,
            GuestRecord intent,
            GuestFolder folder,
            ConsoleLog log,
            Bundle bundle,
            Rollback rollback)
            throws IOException {
        OwnFiles.makeFolder(folder.path());
        intent.write(folder.record());
        Files.createSymbolicLink(folder.logLink(), log.path().getParent());
        OwnFiles.makePassage(folder.states());
        Pipe answers = Pipe.open();
        rollback.onFailure("close the pipe", answers::close);
        LateConfig configuration = LateConfig.at(folder.config());
        rollback.onFailure("close the configuration", configuration::close);
        String name = request.definition().name();
        SpawnedProcess monitor = monitors.start(
                folder, name, MonitorTitle.of(name), log, answers, request.initFiles(), bundle.heldByMonitor());
        rollback.onFailure("kill the monitor", monitor::kill);
        return new Monitored(folder, intent, monitor, answers, configuration);
    }

    private ProcessId awaitInit(Pipe pipe, GuestFolder folder, Bundle bundle) throws IOException {
        MonitorAnswer answer = MonitorAnswer.read(pipe.reader(), config.launchLimit());
        if (answer == null) {
            throw new IOException("%s and %s have not made the container within %d s and were killed"
                    .formatted(
                            config.conmon(),
                            config.runtime().program(),
                            config.launchLimit().toSeconds()));
        }
        if (answer.pid() <= 0) {
            String runtime = config.runtime().program().getFileName().toString();
            throw new IOException(answer.message() != null ? bundle.explain(runtime, answer.message()) : endOf(folder));
        }
        return ProcessId.of(answer.pid());
    }

    private String endOf(GuestFolder folder) {
        return "%s ended without an answer while it ran %s on %s"
                .formatted(config.conmon(), config.runtime().program(), folder.config());
    }

    private LxcGuest begin(
            LaunchRequest request,
            GuestFolder folder,
            GuestRecord record,
            String partition,
            ConsoleLog log,
            ConsoleCopies copies,
            Bundle bundle)
            throws IOException {
        StartGate gate = new StartGate(folder, config.runtime(), record.init().pid());
        if (bundle.rootUser().isPresent()) {
            groups.group(record.cgroup()).delegate((int) bundle.rootUser().getAsLong(), (int) bundle.rootGroup());
        }
        RootFlags.restore(record.init().pid(), bundle.lostRootFlags());
        if (bundle.linksTerminal()) {
            InitDevices.linkTerminal(record.init().pid());
        }
        LxcGuest guest = guest(folder, record, request.definition(), partition, gate, log, copies);
        if (request.paused()) {
            groups.group(record.cgroup()).freeze(config.launchLimit());
        } else {
            gate.open(config.launchLimit());
        }
        // From now on the next daemon takes the guest over instead of clearing it away.
        record.write(folder.record());
        return guest;
    }

    /** Kills and removes a guest whose end is not watched yet. */
    void discard(Launched launched) {
        LxcGuest guest = launched.guest();
        try {
            launched.monitor().kill();
            remains.kill(guest.record());
            remains.remove(guest.record(), guest.folder());
            TreeRemover.remove(guest.folder().path());
        } catch (IOException e) {
            log.error(
                    "cannot remove domain {} after a failed launch",
                    guest.definition().name(),
                    e);
        } finally {
            groups.leave();
        }
    }

    /** The guest object of a guest that runs already. */
    LxcGuest adopt(GuestFolder folder, GuestRecord record, DomainDocument definition) {
        StartGate gate = new StartGate(folder, config.runtime(), record.init().pid());
        ConsoleLog log = log(folder);
        ConsoleCopies copies = ConsoleCopies.resume(definition.definition(), log, folder.path());
        return guest(folder, record, definition, BundleBuilder.partition(definition), gate, log, copies);
    }

    /** Copies the last console output of a guest that ended while no daemon ran. */
    void finishCopies(GuestFolder folder, DomainDocument definition) {
        ConsoleCopies.resume(definition.definition(), log(folder), folder.path())
                .finish();
    }

    private LxcGuest guest(
            GuestFolder folder,
            GuestRecord record,
            DomainDocument definition,
            String partition,
            StartGate gate,
            ConsoleLog log,
            ConsoleCopies copies) {
        Console console = new Console(definition.name(), log, () -> AttachSocket.connect(folder.attachSocket()));
        // The terminal lies in the guest's own devpts, and the monitor holds its other end: the host has no path to
        // either. A path through the guest's root would lead wherever the guest wants.
        LiveFacts facts = new LiveFacts(partition, List.of());
        return new LxcGuest(folder, record, groups.group(record.cgroup()), gate, console, copies, facts, definition);
    }

    private ConsoleLog log(GuestFolder folder) {
        return ConsoleLog.in(config.logDirectory().resolve(folder.uuid().toString()), config.consoleLogBytes());
    }
}
