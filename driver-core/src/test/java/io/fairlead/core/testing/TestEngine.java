package io.fairlead.core.testing;

import io.fairlead.core.Engine;
import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.FakeBackend;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.EngineTimes;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.event.DomainEvent;
import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.volume.FakeVolumes;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.event.Event;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.store.StateFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** An engine on a directory and a fake back end, with short waiting times, and a record of its events. */
public final class TestEngine implements AutoCloseable {
    /** Short where a test waits for a time to pass, long where passing it would be a failure. */
    public static final EngineTimes TIMES = new EngineTimes(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            Duration.ofMillis(400));

    /** Requests that the engine fulfils itself; others are the guest's to fulfil. */
    private static final Set<Ask> ACTS = Set.of(Ask.RESET, Ask.DESTROY, Ask.HALT, Ask.REVERT);

    public final Faults faults;
    public final FakeBackend backend;
    public final FakeVolumes volumes;
    private final Path directory;
    private int boots = 1;
    private Lifeline lifeline;
    private Engine engine;
    private EventBus bus;
    private long forgotten; // the number of the last event that a test has left behind

    /** An engine that has adopted and is ready. */
    public TestEngine(Path directory) {
        this(directory, new Faults());
        adopt();
    }

    private TestEngine(Path directory, Faults faults) {
        this.directory = directory;
        this.faults = faults;
        this.backend = new FakeBackend(faults);
        this.volumes = new FakeVolumes(faults);
        open();
    }

    /** An engine that is ready to serve, but has not adopted yet. */
    public static TestEngine unadopted(Path directory) {
        return new TestEngine(directory, new Faults());
    }

    public Engine get() {
        return engine;
    }

    public void adopt() {
        engine.lifecycle().adopt();
    }

    /** The daemon dies, and another one starts and adopts. */
    public void restart() {
        restartUnadopted();
        adopt();
    }

    /** The daemon dies, and another one starts. */
    public void restartUnadopted() {
        kill();
        open();
    }

    /** The daemon dies at this very moment: whatever its threads still do, it has no effect. */
    public void kill() {
        faults.die();
        lifeline.cut();
        try {
            engine.close(); // only ends threads now
        } catch (DaemonKilled e) {
            // as it should be
        }
        bus.close();
        backend.restartDaemon();
        volumes.restartDaemon();
    }

    /** The daemon stops in order, and another one starts and adopts. */
    public void upgrade() {
        engine.close();
        bus.close();
        lifeline.cut();
        backend.restartDaemon();
        volumes.restartDaemon();
        open();
        adopt();
    }

    /** The host loses its power and is started again; a daemon starts and adopts. */
    public void rebootHost() {
        rebootHost(false);
    }

    /** @param runFilesStay whether the files of guests outlive the boot: they tell of guests that ended somehow */
    public void rebootHost(boolean runFilesStay) {
        kill();
        if (runFilesStay) {
            backend.running().forEach(uuid -> backend.end(uuid, -1));
        } else {
            backend.rebootHost();
        }
        boots++;
        open();
        adopt();
    }

    public Domain define(String name) {
        return engine.definitions().define(Documents.named(name));
    }

    public Domain create(String name) {
        return engine.lifecycle().create(Documents.named(name), StartOptions.PLAIN);
    }

    public Domain start(String name) {
        Domain domain = engine.registry().get(name);
        engine.lifecycle().start(domain, StartOptions.PLAIN);
        return domain;
    }

    /** Ends the guest, and waits until the domain is off or gone. */
    public void end(String name, int status) {
        UUID uuid = Documents.uuidOf(name);
        Domain domain = engine.registry().get(uuid);
        backend.end(uuid, status);
        await(() -> !domain.status().active());
        settle(domain);
    }

    public DomainState state(String name) {
        return engine.registry().get(name).status().state();
    }

    /** All events so far, in short: "c1 STARTED_BOOTED", "c1 reboot", "c1 metadata TITLE". */
    public List<String> events() {
        return domainEvents().stream().map(TestEngine::text).toList();
    }

    /** All events so far, of domains. */
    public List<DomainEvent> domainEvents() {
        engine.registry().all().forEach(TestEngine::settle);
        return bus.after(forgotten).stream()
                .map(Event::what)
                .filter(DomainEvent.class::isInstance)
                .map(DomainEvent.class::cast)
                .toList();
    }

    public void forgetEvents() {
        engine.registry().all().forEach(TestEngine::settle);
        forgotten = bus.after(0).stream().mapToLong(Event::number).max().orElse(0);
    }

    public EventBus bus() {
        return bus;
    }

    /** Waits until the event of the present status is published: a status is visible a moment before its event. */
    private static void settle(Domain domain) {
        synchronized (domain) {
            assert domain.status() != null;
        }
    }

    /** Waits until nothing is left that the engine does by itself, in the background, after a start. */
    public void awaitRest() {
        awaitCalm();
        await(() -> faults.dead()
                || engine.registry().all().stream()
                        .noneMatch(
                                domain -> ACTS.contains(domain.status().intent().pending())));
        awaitCalm();
    }

    /** Waits until no domain is between two lives, or about to be off. */
    public void awaitCalm() {
        await(this::isCalm);
    }

    /** Also true once the daemon is dead. */
    public boolean isCalm() {
        return faults.dead()
                || engine.registry().all().stream().map(Domain::status).noneMatch(status -> {
                    boolean ends = status.active() && status.intent().isSettled();
                    return ends || status.state() instanceof DomainState.Starting;
                });
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 5 s in vain");
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        engine.close();
        bus.close();
    }

    private void open() {
        bus = new EventBus(Clock.systemUTC());
        forgotten = 0;
        lifeline = new Lifeline();
        engine = Engine.open(
                directory,
                lifeline.to(Backend.class, backend),
                lifeline.to(VolumeResolver.class, volumes),
                lifeline.to(VolumeSnapshotter.class, volumes),
                Clock.systemUTC(),
                lifeline.to(StateFiles.class, new FaultyFiles(faults)),
                bus,
                "boot-" + boots,
                TIMES);
    }

    private static String text(DomainEvent event) {
        if (event instanceof DomainEvent.Lifecycle lifecycle) {
            return "%s %s".formatted(event.name(), lifecycle.change());
        }
        if (event instanceof DomainEvent.Reboot) {
            return event.name() + " reboot";
        }
        if (event instanceof DomainEvent.MetadataChange change) {
            return "%s metadata %s".formatted(event.name(), change.kind());
        }
        return event.name() + " control error";
    }
}
