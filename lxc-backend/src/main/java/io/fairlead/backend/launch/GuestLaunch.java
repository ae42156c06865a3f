package io.fairlead.backend.launch;

import io.fairlead.backend.bundle.Bundle;
import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.ConsoleCopies;
import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.backend.monitor.LateConfig;
import io.fairlead.backend.monitor.MonitorAnswer;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.Prepared;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.undo.Rollback;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Pipe;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One launch, step by step: intent, folder, configuration, monitor, answer; then start. Each step registers its undo.
 * If the daemon is killed between two steps, the intent stays on disk, and {@link GuestDiscovery} clears the guest
 * away.
 */
final class GuestLaunch implements Prepared {
    /** Learns of a guest that runs. If it throws, the guest is killed and removed. */
    @FunctionalInterface
    interface Listener {
        void started(LxcGuest guest, SpawnedProcess monitor) throws IOException;
    }

    private final GuestLauncher launcher;
    private final LaunchPlan plan;
    private final DomainDocument definition;
    private final LaunchRequest request;
    private final Listener listener;
    private final Rollback rollback = new Rollback();
    private final String partition;
    private GuestRecord record;
    private GuestFolder folder;
    private Bundle bundle;
    private ConsoleLog log;
    private ConsoleCopies copies;
    private SpawnedProcess monitor;
    private boolean ownMonitor;
    private MonitoredIo io;
    private boolean started;

    GuestLaunch(GuestLauncher launcher, LaunchPlan plan, LaunchRequest request, Listener listener) {
        this.launcher = launcher;
        this.plan = plan;
        this.definition = plan.definition();
        this.request = request;
        this.listener = listener;
        this.partition = BundleBuilder.partition(definition);
    }

    /** Everything up to the first instruction; undone if it fails. */
    void prepare() {
        try {
            makeGuest();
        } catch (IOException e) {
            close();
            throw cannotStart(e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The daemon ends: leaves everything to the next one, but keeps nothing of it open. */
    void abandon() {
        started = true; // nothing is undone any more
        io.close();
        bundle.abandon();
    }

    private EngineException cannotStart(IOException e) {
        String words = e instanceof ErrnoException failed
                ? "%s: %s".formatted(failed.subject(), failed.words())
                : e.getMessage();
        return new EngineException(
                ErrorCode.INTERNAL_ERROR, "cannot start domain %s: %s".formatted(definition.name(), words), e);
    }

    private void makeGuest() throws IOException {
        launcher.warmer.warm();
        GuestFolder place = GuestFolder.of(launcher.config.runDirectory(), definition.uuid());
        launcher.groups.enter();
        rollback.onFailure("leave the control groups", launcher.groups::leave);
        bundle = launcher.bundles.begin(plan, request);
        rollback.onFailure("release what the guest was to use", bundle::close);
        MonitorShape shape = MonitorShape.of(bundle.stdio());
        record = GuestRecord.intent(
                launcher.bootId,
                launcher.groups.path(partition, definition.name(), definition.uuid()),
                request.autodestroy(),
                shape);
        log = launcher.log(place);
        log.begin();
        copies = ConsoleCopies.open(definition.definition(), log, place.path());
        rollback.onFailure("close the copies of the console", copies::close);
        TreeRemover.remove(place.path());
        rollback.onFailure("remove the folder", () -> TreeRemover.remove(place.path()));
        // Before the folder is removed: it contains the mounts.
        rollback.onFailure("unmount the guest's tree", bundle::close);
        StandbyMonitor standby = takesStandby() ? launcher.standbys.take(shape) : null;
        Waiting waiting = standby == null ? monitor(place, shape) : monitor(standby, place);
        monitor = waiting.monitor;
        ownMonitor = standby == null;
        rollback.onFailure("remove what was launched", () -> {
            launcher.remains.kill(record);
            launcher.remains.remove(record, folder);
        });
        try (Pipe answers = waiting.answers) {
            try (LateConfig configuration = waiting.configuration) {
                configuration.write(launcher.bundles
                        .complete(bundle, folder.root(), record.cgroup())
                        .json());
            }
            // All this happens while the runtime is at work, or still being loaded.
            if (!ownMonitor) {
                MonitorTitle.change(ProcessId.of(monitor.pid()), definition.name());
            }
            record = record.withMonitor(ProcessId.of(monitor.pid()));
            record.write(folder.record());
            LiveDefinition.write(folder.liveDefinition(), definition);
            log.create();
            copies.begin();
            record = record.running(awaitInit(answers));
        }
        completeGuest();
    }

    /** A monitor on standby was started without descriptors for init. */
    private boolean takesStandby() {
        return request.initFiles().isEmpty() && bundle.heldByMonitor().isEmpty();
    }

    /** A monitor that runs, its answers, and the configuration that its runtime waits for. */
    private record Waiting(SpawnedProcess monitor, Pipe answers, LateConfig configuration) {}

    private Waiting monitor(StandbyMonitor standby, GuestFolder place) throws IOException {
        rollback.onFailure("end the monitor", standby::discard);
        record = record.withId(standby.id())
                .withMonitor(ProcessId.of(standby.monitor().pid()));
        folder = place.knownAs(standby.id());
        LateConfig configuration = standby.become(place, record, log);
        return new Waiting(standby.monitor(), standby.answers(), configuration);
    }

    private Waiting monitor(GuestFolder place, MonitorShape shape) throws IOException {
        folder = place;
        OwnFiles.makeFolder(folder.path());
        record.write(folder.record());
        Files.createSymbolicLink(folder.logLink(), log.path().getParent());
        OwnFiles.makePassage(folder.states());
        Pipe answers = Pipe.open();
        rollback.onFailure("close the pipe", answers::close);
        LateConfig configuration = LateConfig.at(folder.config());
        rollback.onFailure("close the configuration", configuration::close);
        String name = definition.name();
        SpawnedProcess own = launcher.monitors.start(
                folder, name, MonitorTitle.of(name), log, shape, answers, request.initFiles(), bundle.heldByMonitor());
        rollback.onFailure("kill the monitor", own::kill);
        return new Waiting(own, answers, configuration);
    }

    private ProcessId awaitInit(Pipe pipe) throws IOException {
        BackendConfig config = launcher.config;
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
            throw new IOException(answer.message() != null ? bundle.explain(runtime, answer.message()) : endOf());
        }
        return ProcessId.of(answer.pid());
    }

    private String endOf() {
        return "%s ended without an answer while it ran %s on %s"
                .formatted(launcher.config.conmon(), launcher.config.runtime().program(), folder.config());
    }

    /** What the runtime's configuration cannot say. */
    private void completeGuest() throws IOException {
        if (bundle.rootUser().isPresent()) {
            int user = (int) bundle.rootUser().getAsLong();
            int group = (int) bundle.rootGroup();
            launcher.groups.group(record.cgroup()).delegate(user, group);
            InitStreams.giveTo(init(), user, group);
        }
        RootFlags.restore(init(), bundle.lostRootFlags());
        if (bundle.linksTerminal()) {
            InitDevices.linkTerminal(init());
        }
        io = launcher.io(folder, record, log, bundle.stdio(), definition.name());
    }

    @Override
    public int init() {
        return record.init().pid();
    }

    @Override
    public Path networkNamespace() {
        return Path.of("/proc", Integer.toString(init()), "ns/net");
    }

    @Override
    public Io io() {
        return io;
    }

    @Override
    public Guest start() {
        return start(false);
    }

    @Override
    public Guest startPaused() {
        return start(true);
    }

    private Guest start(boolean paused) {
        if (started) {
            throw new IllegalStateException("domain %s was started before".formatted(definition.name()));
        }
        BackendConfig config = launcher.config;
        try {
            StartGate gate = new StartGate(folder, config.runtime(), init());
            LxcGuest guest = launcher.guest(
                    folder,
                    record,
                    definition,
                    partition,
                    gate,
                    io,
                    copies,
                    launcher.execs.of(launcher.execGuest(folder, record, definition.name())));
            if (paused) {
                launcher.groups.group(record.cgroup()).freeze(config.launchLimit());
            } else {
                gate.open(config.launchLimit());
            }
            // From now on the next daemon takes the guest over instead of clearing it away.
            record.write(folder.record());
            listener.started(guest, monitor);
            started = true;
            launcher.prepared.remove(this);
            rollback.commit();
            bundle.handOver();
            bundle.close();
            if (ownMonitor) {
                launcher.standbys.worked();
            }
            return guest;
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    @Override
    public void close() {
        if (!started) {
            launcher.prepared.remove(this);
            rollback.close();
        }
    }
}
