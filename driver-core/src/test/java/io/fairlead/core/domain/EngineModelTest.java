package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.core.intent.StopReason;
import io.fairlead.core.service.DomainDefinitions;
import io.fairlead.core.service.DomainLifecycle;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.test.RandomTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Random operations on three domains, and restarts of the daemon, compared with a model of a domain. */
class EngineModelTest {
    enum Operation {
        DEFINE,
        UNDEFINE,
        CREATE,
        START,
        START_PAUSED,
        SUSPEND,
        RESUME,
        RESET,
        DESTROY,
        EXIT,
        CRASH,
        AUTOSTART,
        RESTART_DAEMON,
        UPGRADE_DAEMON,
        EXIT_BETWEEN_DAEMONS
    }

    record Step(Operation operation, String name) {}

    /** The state of a domain, as clients see it. Immutable; null where there is no domain. */
    record Model(boolean persistent, boolean active, boolean paused, boolean autostart, StopReason reason) {
        static Model none() {
            return new Model(false, false, false, false, StopReason.UNKNOWN);
        }

        boolean exists() {
            return persistent || active;
        }

        /** After a step, or null if the step is refused. */
        Model after(Operation operation) {
            return switch (operation) {
                case DEFINE -> new Model(true, active, paused, autostart, reason);
                case UNDEFINE -> persistent ? new Model(false, active, paused, false, reason) : null;
                case CREATE -> active ? null : new Model(persistent, true, false, autostart, reason);
                case START -> persistent && !active ? new Model(true, true, false, autostart, reason) : null;
                case START_PAUSED -> persistent && !active ? new Model(true, true, true, autostart, reason) : null;
                case SUSPEND -> active ? new Model(persistent, true, true, autostart, reason) : null;
                case RESUME -> active && paused ? new Model(persistent, true, false, autostart, reason) : null;
                case RESET -> active ? new Model(persistent, true, false, autostart, reason) : null;
                case DESTROY -> off(StopReason.DESTROYED);
                case EXIT, EXIT_BETWEEN_DAEMONS -> off(StopReason.SHUTDOWN);
                case CRASH -> off(StopReason.CRASHED);
                case AUTOSTART -> persistent ? new Model(true, active, paused, !autostart, reason) : null;
                case RESTART_DAEMON, UPGRADE_DAEMON -> this;
            };
        }

        private Model off(StopReason why) {
            return active ? new Model(persistent, false, false, autostart, why) : null;
        }

        DomainState state() {
            if (!active) {
                return new DomainState.ShutOff(reason);
            }
            return paused ? new DomainState.Paused() : new DomainState.Running(DomainState.RunningReason.BOOTED);
        }
    }

    private static List<Step> steps(Random random) {
        Operation[] operations = Operation.values();
        return Stream.generate(() -> new Step(
                        operations[random.nextInt(operations.length)],
                        List.of("a", "b", "c").get(random.nextInt(3))))
                .limit(10 + random.nextInt(31))
                .toList();
    }

    @RandomTest(tries = 60)
    void engine_whenAnythingIsDone_behavesAsTheModel(long seed) throws IOException {
        List<Step> steps = steps(new Random(seed));
        Path directory = Files.createTempDirectory("fairlead-model");
        TreeMap<String, Model> models = new TreeMap<>();
        try (TestEngine engine = new TestEngine(directory)) {
            for (Step step : steps) {
                Model before = models.getOrDefault(step.name(), Model.none());
                Model after = before.after(step.operation());
                if (after == null) {
                    assertRefused(engine, step, before);
                } else {
                    run(engine, step);
                    models.put(step.name(), after.exists() ? after : Model.none());
                }
                models.forEach((name, model) -> assertSame(engine, name, model, step));
            }
        } finally {
            delete(directory);
        }
    }

    private static void assertRefused(TestEngine engine, Step step, Model before) {
        boolean byTheGuest = step.operation() == Operation.EXIT
                || step.operation() == Operation.CRASH
                || step.operation() == Operation.EXIT_BETWEEN_DAEMONS;
        if (!byTheGuest) { // a guest that does not run cannot end
            assertThrows(EngineException.class, () -> run(engine, step), () -> "%s of %s".formatted(step, before));
        }
    }

    private static void run(TestEngine engine, Step step) {
        String name = step.name();
        DomainLifecycle lifecycle = engine.get().lifecycle();
        DomainDefinitions definitions = engine.get().definitions();
        switch (step.operation()) {
            case DEFINE -> engine.define(name);
            case UNDEFINE -> definitions.undefine(domain(engine, name), false);
            case CREATE -> engine.create(name);
            case START -> engine.start(name);
            case START_PAUSED -> lifecycle.start(domain(engine, name), new StartOptions(true, false, null, List.of()));
            case SUSPEND -> lifecycle.suspend(domain(engine, name));
            case RESUME -> lifecycle.resume(domain(engine, name));
            case RESET -> lifecycle.reset(domain(engine, name));
            case DESTROY -> lifecycle.destroy(domain(engine, name));
            case EXIT -> engine.end(name, 0);
            case CRASH -> engine.end(name, 139);
            case AUTOSTART -> definitions.setAutostart(
                    domain(engine, name), !domain(engine, name).status().autostart());
            case RESTART_DAEMON -> engine.restart();
            case UPGRADE_DAEMON -> engine.upgrade();
            case EXIT_BETWEEN_DAEMONS -> {
                engine.restartUnadopted();
                engine.backend.end(Documents.uuidOf(name), 0);
                engine.adopt();
            }
        }
    }

    private static Domain domain(TestEngine engine, String name) {
        return engine.get().registry().get(name);
    }

    private static void assertSame(TestEngine engine, String name, Model model, Step step) {
        String where = "%s after %s".formatted(name, step);
        var found = engine.get().registry().find(name);
        assertEquals(model.exists(), found.isPresent(), where);
        if (found.isEmpty()) {
            return;
        }
        DomainStatus status = found.get().status();
        assertEquals(model.persistent(), status.persistent(), where);
        assertEquals(model.active(), status.active(), where);
        assertEquals(model.autostart(), status.autostart(), where);
        assertEquals(model.state().getClass(), status.state().getClass(), where);
        if (!model.active()) {
            assertEquals(model.state(), status.state(), where);
        }
        assertEquals(model.active(), engine.backend.running().contains(Documents.uuidOf(name)), where);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(directory)) {
            entries.sorted(Comparator.reverseOrder()).forEach(entry -> {
                try {
                    Files.delete(entry);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
