package io.fairlead.backend.launch;

import io.fairlead.backend.bundle.BundleBuilder;
import io.fairlead.backend.console.EndedLogs;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.backend.exec.ExecPrograms;
import io.fairlead.backend.exec.ExecSupervisor;
import io.fairlead.core.backend.Adopted;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Prepared;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.cgroup.MigrationWarmer;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.process.ProcessWatcher;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Poller;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All guests of this instance: launches guests, lists the running ones, notices their ends.
 *
 * <p>Threads: {@code guest-*} (adoption), {@code guest-end-*} (handling ends), {@code console-logs}
 * (every second and ten), {@code console-copies}, {@code guest-mounts},
 * {@code guest-streams}, and the process watcher's.
 */
public final class GuestSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuestSupervisor.class);
    private static final int ADOPTING_THREADS = 8;

    /**
     * An end may have to wait until its guest's writes reach the storage, and must not delay other ends. So each end
     * has a thread of its own, up to a number that is small beside the load of so many ending guests.
     */
    private static final int ENDING_THREADS = 256;

    private static final Duration ENDING_THREAD_STAYS = Duration.ofSeconds(10);
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(1);
    private static final int PRUNE_SECONDS = 10;
    /** Soon enough for a person who watches the file. Guests without such a file cause no work. */
    private static final int COPY_MILLIS = 200;

    private final BackendConfig config;
    private final Map<UUID, LxcGuest> guests = new ConcurrentHashMap<>();
    private final ProcessWatcher watcher = new ProcessWatcher();
    private final Poller poller = new Poller("guest-streams");
    private final ExecutorService adopting =
            Executors.newFixedThreadPool(ADOPTING_THREADS, DaemonThreads.numbered("guest"));
    private final ExecutorService ending = endingThreads();
    private final ScheduledExecutorService logKeeper =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.numbered("console-logs"));
    /** A thread of its own: a file that a client chose may lie on a disk that does not answer. */
    private final ScheduledExecutorService copier =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.numbered("console-copies"));

    /** Removes the mounts that were made for starts. */
    private final ExecutorService mountKeeper =
            Executors.newSingleThreadExecutor(DaemonThreads.numbered("guest-mounts"));

    private final HostMounts host;
    private final EndedLogs endedLogs;
    private final AtomicBoolean someEnded = new AtomicBoolean(true);
    private final Cgroup warmGroup;
    private final MigrationWarmer warmer;
    private final GuestGroups groups;
    private final StandbyMonitors standbys;
    private final ExecSupervisor execs;
    private final GuestLauncher launcher;
    private final EndWatch ends;
    private final GuestDiscovery adoption;

    /**
     * @param host gives access to the host's files, the sources of mounts; closed with this
     * @throws IOException if the host's control groups cannot be read
     */
    public GuestSupervisor(BackendConfig config, HostMounts host) throws IOException {
        this.config = config;
        this.host = host;
        CgroupLayout layout = CgroupLayout.detect();
        String bootId = ProcessTable.bootId();
        Remains remains = new Remains(layout, config.runtime());
        warmGroup = layout.group(config.cgroupRoot() + "-warm");
        warmer = new MigrationWarmer(layout, warmGroup);
        groups = new GuestGroups(layout, config.cgroupRoot(), remains);
        boolean crun = config.runtime().kind() == OciRuntime.Kind.CRUN;
        MonitorCommand monitors = new MonitorCommand(config.conmon(), config.runtime());
        standbys = new StandbyMonitors(config, monitors);
        ExecPrograms programs = new ExecPrograms(
                config.conmon(),
                config.runtime().program(),
                config.runtime().globalOptions(GuestFolder.states(config.runDirectory())));
        execs = new ExecSupervisor(
                config.runDirectory(), bootId, programs, config.launchLimit(), warmer::warm, watcher, ending);
        launcher = new GuestLauncher(
                config,
                bootId,
                new BundleBuilder(layout, crun, this::initOf, host, mountKeeper),
                groups,
                remains,
                monitors,
                standbys,
                warmer,
                poller,
                execs);
        ends = new EndWatch(watcher, ending, remains, groups);
        adoption =
                new GuestDiscovery(config, bootId, launcher, ends, remains, groups, adopting, ending, this::register);
        endedLogs = new EndedLogs(config.logDirectory(), config.consoleLogsKept());
        logKeeper.scheduleWithFixedDelay(this::keepLogs, 1, 1, TimeUnit.SECONDS);
        copier.scheduleWithFixedDelay(this::copyConsoles, COPY_MILLIS, COPY_MILLIS, TimeUnit.MILLISECONDS);
        logKeeper.scheduleWithFixedDelay(this::pruneLogs, PRUNE_SECONDS, PRUNE_SECONDS, TimeUnit.SECONDS);
    }

    /** As {@link io.fairlead.core.backend.Backend#plan}. */
    public LaunchPlan plan(DomainDocument definition) {
        return launcher.bundles.plan(definition);
    }

    /** As {@link io.fairlead.core.backend.Backend#prepare}. */
    public Prepared prepare(LaunchPlan plan, LaunchRequest request, Consumer<GuestExit> onExit) {
        return launcher.prepare(plan, request, (guest, monitor) -> started(guest, monitor, onExit));
    }

    private void started(LxcGuest guest, SpawnedProcess monitor, Consumer<GuestExit> onExit) throws IOException {
        register(guest);
        try {
            ends.watch(guest, monitor, onExit);
        } catch (IOException e) {
            guests.remove(guest.folder().uuid());
            throw e;
        }
    }

    /** As {@link io.fairlead.core.backend.Backend#log}. */
    public OutputReader log(UUID uuid, LogRange range, boolean follow) {
        LxcGuest guest = guests.get(uuid);
        return guest == null
                ? MonitoredIo.recorded("domain " + uuid, launcher.log(uuid), range)
                : guest.io().log(range, follow);
    }

    /** As {@link io.fairlead.core.backend.Backend#adopt}. */
    public void adopt(Function<UUID, Optional<DomainDocument>> definitions, Consumer<Adopted> found) {
        try {
            adoption.run(definitions, found);
            standbys.begin();
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot look for running domains in %s: %s".formatted(config.runDirectory(), e.getMessage()),
                    e);
        }
    }

    /** As {@link io.fairlead.core.backend.Backend#forget}. */
    public void forget(UUID uuid) {
        LxcGuest guest = guests.get(uuid);
        if (guest != null && !guest.exit().isDone()) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    "cannot forget domain %s: it runs"
                            .formatted(guest.definition().name()));
        }
        try {
            TreeRemover.remove(GuestFolder.of(config.runDirectory(), uuid).path());
        } catch (IOException e) {
            log.error("cannot remove the run folder of domain {}; the next start tries again", uuid, e);
        }
    }

    private void register(LxcGuest guest) {
        UUID uuid = guest.folder().uuid();
        guests.put(uuid, guest);
        guest.exit().whenComplete((exit, failure) -> {
            guests.remove(uuid, guest);
            someEnded.set(true);
        });
    }

    private Optional<ProcessId> initOf(String domainName) {
        return guests.values().stream()
                .filter(guest -> guest.definition().name().equals(domainName))
                .map(guest -> guest.record().init())
                .findFirst();
    }

    private void keepLogs() {
        for (LxcGuest guest : guests.values()) {
            try {
                guest.consoleLog().keep();
            } catch (IOException | RuntimeException e) {
                log.warn(
                        "cannot keep the console log of domain {}",
                        guest.definition().name(),
                        e);
            }
        }
    }

    private void copyConsoles() {
        for (LxcGuest guest : guests.values()) {
            guest.copies().pump();
        }
    }

    private void pruneLogs() {
        if (someEnded.getAndSet(false)) {
            try {
                endedLogs.prune(guests::containsKey);
            } catch (IOException | RuntimeException e) {
                log.warn("cannot remove old console logs in {}", config.logDirectory(), e);
            }
        }
    }

    private static ExecutorService endingThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                ENDING_THREADS,
                ENDING_THREADS,
                ENDING_THREAD_STAYS.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.numbered("guest-end"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Leaves all guests running; the next daemon adopts them. */
    @Override
    public void close() throws IOException {
        logKeeper.shutdownNow();
        copier.shutdown();
        standbys.close();
        launcher.abandonPrepared();
        execs.close();
        launcher.abandonPrepared();
        guests.values().forEach(LxcGuest::letGo);
        watcher.close();
        poller.close();
        adopting.shutdown();
        ending.shutdown();
        mountKeeper.shutdown();
        try {
            if (!ending.awaitTermination(REMOVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the end of some domain is still being handled; the next start does it");
            }
            if (!mountKeeper.awaitTermination(REMOVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("mounts that were made for the last starts stay until their domains end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        host.close();
        warmer.close();
        warmGroup.remove(REMOVE_LIMIT);
    }
}
