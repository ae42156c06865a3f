package io.fairlead.daemon;

import io.fairlead.backend.LxcBackend;
import io.fairlead.backend.launch.BackendConfig;
import io.fairlead.core.Engine;
import io.fairlead.daemon.config.ConfigException;
import io.fairlead.daemon.config.DaemonConfig;
import io.fairlead.daemon.host.LinuxHostFacts;
import io.fairlead.daemon.log.Logs;
import io.fairlead.daemon.metrics.MetricsEndpoint;
import io.fairlead.daemon.rehearsal.Rehearsal;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.JournaledFiles;
import io.fairlead.libvirt.LibvirtApi;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.host.Machine;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.process.ProcessTable;
import io.fairlead.linux.process.ResourceLimit;
import io.fairlead.linux.process.ResourceLimit.Resource;
import io.fairlead.linux.process.ThreadPriority;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.rpc.server.RpcServer;
import io.fairlead.rpc.server.ServerSettings;
import io.fairlead.storage.directory.DirectoryDriver;
import io.fairlead.storage.driver.PoolDriver;
import io.fairlead.storage.driver.PoolDrivers;
import io.fairlead.storage.logical.LogicalDriver;
import io.fairlead.storage.pool.PoolTrimmer;
import io.fairlead.storage.pool.Storage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running daemon: builds its parts in order and closes them in reverse. */
final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** A third of the CPU time that a normal thread gets. */
    private static final int READERS_NICE = 5;

    private final DaemonConfig config;
    private final Instance instance;
    private final long startedNanos = System.nanoTime();
    /** The opened parts, to be closed in reverse order. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private EventBus events;
    private Engine engine;
    private Storage storage;
    private Rehearsal rehearsal;
    private volatile boolean stopping;

    private Daemon(DaemonConfig config) {
        this.config = config;
        this.instance = Instance.of(config);
    }

    /**
     * Starts to the point where clients are served.
     *
     * @throws ConfigException for an error that an administrator can correct
     */
    static Daemon start(DaemonConfig config) throws IOException {
        Daemon daemon = new Daemon(config);
        try {
            daemon.start();
            return daemon;
        } catch (IOException | RuntimeException e) {
            daemon.closeAll();
            throw e;
        }
    }

    private void start() throws IOException {
        Folders.make(instance);
        // The place for short mounts. Not /tmp, which may be missing or full.
        System.setProperty("java.io.tmpdir", instance.run().toString());
        opened(InstanceLock.take(instance.run()));
        Logs.toFile(
                instance.log().resolve("fairlead.log"),
                config.logLevel().name(),
                config.logFileBytes(),
                config.logFiles());
        opened(Logs::close);
        rehearsal = opened(Rehearsal.begin(instance.run().resolve("rehearsal"), LinuxHostFacts::new));
        LOG.info("fairlead {} starts; definitions are in {}", Version.number(), instance.state());
        events = opened(new EventBus(Clock.systemUTC()));
        storage = opened(Storage.open(instance.state(), instance.run(), poolDrivers(), new DurableFiles(), events));
        opened(new PoolTrimmer(
                storage.registry(), instance.state().resolve("storage/last-trim"), config.trimInterval()));
        JournaledFiles definitions = opened(JournaledFiles.open(instance.state()));
        // Opened before the back end and so closed after it: ends of guests that are being handled still need these
        // files.
        LxcBackend backend = opened(new LxcBackend(backendConfig(), hostMounts()));
        engine = opened(Engine.open(
                instance.state(),
                backend,
                storage.guests(),
                storage.snapshotter(),
                definitions,
                events,
                ProcessTable.bootId()));
        serve();
    }

    private PoolDrivers poolDrivers() throws IOException {
        List<PoolDriver> drivers = new ArrayList<>(DirectoryDriver.all());
        String owner = "fairlead on %s, %s".formatted(Machine.hostName(), instance.state());
        drivers.add(new LogicalDriver(
                instance.state().resolve("thin"), instance.run().resolve("thin"), owner, config.thinFileSystem()));
        return new PoolDrivers(drivers);
    }

    /** The launcher, {@code ./fairlead}, leaves open the namespace in which it was started. */
    private static HostMounts hostMounts() throws IOException {
        Integer descriptor = Integer.getInteger("fairlead.hostMounts");
        return descriptor == null ? HostMounts.ours() : HostMounts.in(new Fd(descriptor, "the host's mount namespace"));
    }

    private BackendConfig backendConfig() throws IOException {
        CgroupLayout layout = CgroupLayout.detect();
        BackendConfig backend = new BackendConfig(
                instance.run(),
                instance.log(),
                instance.cgroupRoot(),
                LaunchPrograms.monitor(config),
                LaunchPrograms.runtime(config, layout),
                config.consoleLogBytes(),
                config.consoleLogsKept(),
                BackendConfig.LAUNCH_LIMIT);
        SealedRuntime.seal(backend.runtime().program());
        LOG.info(
                "control groups: {}; {} with {}",
                layout.kind(),
                backend.conmon(),
                backend.runtime().program());
        return backend;
    }

    private void serve() throws IOException {
        LibvirtApi api = new LibvirtApi(engine, storage, events, new LinuxHostFacts());
        RpcServer.Builder builder = RpcServer.builder()
                .errors(api.errorMapper())
                .readersFirst(Daemon::stepBack)
                .settings(ServerSettings.defaults()
                        .withMaxClients(maxClients())
                        .withKeepAlive(config.keepAliveInterval(), config.keepAliveCount()));
        api.programs().forEach(builder::program);
        RpcServer server = opened(builder.build());
        opened(api); // closed before the server, so that clients learn the reason
        new Listeners(config, server).open(instance);
        if (config.metrics().isPresent()) {
            serveMetrics(config.metrics().get(), server);
        }
    }

    /**
     * Lowers the priority of a thread for calls that any user may make: they must take little time from root's calls
     * and from containers.
     */
    private static void stepBack() {
        try {
            ThreadPriority.lowerOwn(READERS_NICE);
        } catch (ErrnoException e) {
            LOG.info("threads of read-only sockets have the same priority as others: {}", e.getMessage());
        }
    }

    /** At most half of the process's limit of open files: the containers need some, too. */
    private int maxClients() throws IOException {
        long files = ResourceLimit.own(Resource.NOFILE).soft();
        if (files == ResourceLimit.UNLIMITED || files / 2 >= config.maxClients()) {
            return config.maxClients();
        }
        LOG.warn(
                "at most {} clients are let in at once, not {}: the daemon may open only {} files (ulimit -n)",
                files / 2,
                config.maxClients(),
                files);
        return (int) (files / 2);
    }

    private void serveMetrics(InetSocketAddress address, RpcServer server) {
        try {
            MetricsEndpoint endpoint =
                    opened(MetricsEndpoint.open(address, engine.registry(), storage.registry(), server.counters()));
            LOG.info("metrics are at http:/{}:{}/metrics", address.getAddress(), endpoint.port());
        } catch (IOException e) {
            throw new ConfigException("metrics_addr: cannot listen at %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /**
     * Reports that clients are served, takes over the guests of earlier daemons, and never returns: SIGTERM ends the
     * process.
     */
    void serveUntilTerminated() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        // Waits for the rehearsal, so that the first client is served at once, but no longer than the start has taken
        // so far.
        rehearsal.awaitFirstRounds(Duration.ofNanos(System.nanoTime() - startedNanos));
        System.out.println("ready");
        LOG.info("ready");
        new Thread(this::takeOver, "take-over").start();
        rehearsal.goOn();
        new CountDownLatch(1).await();
    }

    private void takeOver() {
        try {
            engine.lifecycle().adopt();
            BootMark mark = new BootMark(instance.run());
            if (!stopping && !mark.isSet()) {
                storage.lifecycle().autostart(); // first: domains may lie in pools
                engine.lifecycle().autostart();
                if (!stopping) {
                    mark.set(); // now: a daemon that is killed before leaves the rest to the next one
                }
            }
        } catch (IOException | RuntimeException e) {
            if (stopping) {
                LOG.info("the take-over was not finished before this daemon stopped; the next one goes on", e);
                return;
            }
            LOG.error("some domains or pools could not be taken over or autostarted", e);
        }
    }

    private void stop() {
        stopping = true;
        LOG.info("stopping; containers keep running");
        closeAll();
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) { // each part may throw; the others must still be closed
                LOG.warn("cannot close {}", part.getClass().getSimpleName(), e);
            }
        }
    }
}
