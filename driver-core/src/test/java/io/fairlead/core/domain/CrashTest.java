package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.service.DomainDefinitions;
import io.fairlead.core.service.DomainLifecycle;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.xml.domain.MetadataKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails, or kills the daemon, before and after every single act on the back end and the disk, and checks each time that
 * the remaining state makes sense and that the engine continues to work.
 */
class CrashTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void engine_whenAnyActFails_keepsItsInvariants(Faults.Kind kind) throws IOException {
        int n = 0;
        boolean reached = true;
        while (reached) {
            n++;
            Path state = Files.createDirectory(directory.resolve("%s-%d".formatted(kind, n)));
            try (TestEngine engine = new TestEngine(state)) {
                int before = engine.faults.count();
                engine.faults.arm(n, kind);
                Map<UUID, Boolean> wanted = live(engine);
                reached = engine.faults.count() - before >= n;
                String where = "%s at act %d of %s".formatted(kind, n, engine.faults.acts());
                if (!engine.faults.dead()) {
                    check(engine, state, where);
                    checkWanted(engine, wanted, where);
                }
                engine.restart();
                engine.awaitRest();
                check(engine, state, "after a restart, " + where);
                checkWanted(engine, wanted, "after a restart, " + where);
                useAll(engine, where);
            }
        }
        assertTrue(n > 30, "the scenario has become too short: %d acts".formatted(n));
    }

    /**
     * @param name the domain of the step
     * @param runs whether that domain runs afterwards; null if that is uncertain after a failure
     */
    private record Step(String name, Boolean runs, Runnable act) {}

    /**
     * Many steps on three domains. A failed step is not repeated; the death of the daemon ends all.
     *
     * @return for each domain whose last step succeeded, whether it should run
     */
    private static Map<UUID, Boolean> live(TestEngine engine) {
        DomainDefinitions definitions = engine.get().definitions();
        DomainLifecycle lifecycle = engine.get().lifecycle();
        Map<UUID, Boolean> wanted = new HashMap<>();
        for (Step step : List.of(
                new Step("a", false, () -> engine.define("a")),
                new Step(
                        "a",
                        false,
                        () -> definitions.setAutostart(engine.get().registry().get("a"), true)),
                new Step("a", true, () -> engine.start("a")),
                new Step("t", true, () -> engine.create("t")),
                new Step(
                        "a",
                        null,
                        () -> definitions.setMetadata(
                                engine.get().registry().get("a"),
                                MetadataKind.TITLE,
                                "x",
                                null,
                                null,
                                Affect.LIVE_AND_CONFIG)),
                new Step(
                        "a",
                        true,
                        () -> lifecycle.suspend(engine.get().registry().get("a"))),
                new Step(
                        "a",
                        true,
                        () -> lifecycle.resume(engine.get().registry().get("a"))),
                new Step(
                        "a", true, () -> lifecycle.reset(engine.get().registry().get("a"))),
                new Step("t", null, () -> definitions.define(Documents.named("t"))),
                new Step("t", null, () -> reboot(engine, "t")),
                new Step(
                        "a",
                        false,
                        () -> lifecycle.destroy(engine.get().registry().get("a"))),
                new Step(
                        "a",
                        false,
                        () -> definitions.rename(engine.get().registry().get("a"), "b")),
                new Step("a", true, () -> engine.start("b")),
                new Step(
                        "t",
                        null,
                        () -> definitions.undefine(engine.get().registry().get("t"), false)),
                new Step(
                        "t",
                        false,
                        () -> lifecycle.destroy(engine.get().registry().get("t"))),
                new Step("a", false, () -> end(engine, "a")),
                new Step(
                        "a",
                        false,
                        () -> definitions.undefine(engine.get().registry().get("b"), false)))) {
            UUID uuid = Documents.uuidOf(step.name()); // unchanged by a rename
            wanted.remove(uuid);
            try {
                step.act().run();
                if (step.runs() != null && !engine.faults.dead()) {
                    wanted.put(uuid, step.runs());
                }
            } catch (EngineException | IllegalStateException e) {
                // the armed fault, or a step that makes no sense after it
            } catch (DaemonKilled e) {
                return wanted;
            }
            if (engine.faults.dead()) {
                return wanted;
            }
        }
        return wanted;
    }

    /** Exactly the expected domains run. */
    private static void checkWanted(TestEngine engine, Map<UUID, Boolean> wanted, String where) {
        wanted.forEach((uuid, runs) -> assertEquals(
                runs, engine.backend.running().contains(uuid), "%s: does domain %s run?".formatted(where, uuid)));
    }

    private static void reboot(TestEngine engine, String name) {
        int before = engine.backend.guest(Documents.uuidOf(name)).id();
        engine.backend.end(Documents.uuidOf(name), 129);
        TestEngine.await(() -> engine.faults.dead()
                || engine.get()
                        .registry()
                        .find(Documents.uuidOf(name))
                        .map(domain -> domain.status().id() != before)
                        .orElse(true));
    }

    /** The domain keeps its uuid when it is renamed. */
    private static void end(TestEngine engine, String firstName) {
        engine.backend.end(Documents.uuidOf(firstName), 3);
        TestEngine.await(() -> engine.faults.dead()
                || engine.get()
                        .registry()
                        .find(Documents.uuidOf(firstName))
                        .map(domain -> !domain.status().active())
                        .orElse(true));
    }

    private static void check(TestEngine engine, Path state, String where) throws IOException {
        engine.awaitCalm();
        for (Domain domain : engine.get().registry().all()) {
            DomainStatus status = domain.status();
            assertTrue(status.persistent() || status.active(), where + ": a domain without anything: " + status);
            assertEquals(status.active(), engine.backend.running().contains(domain.uuid()), where + ": " + status);
            if (status.active()) {
                assertEquals(engine.backend.guest(domain.uuid()).id(), status.id(), where);
                assertEquals(
                        engine.backend.guest(domain.uuid()).suspended(),
                        status.state() instanceof DomainState.Paused,
                        where);
            }
        }
        Set<String> known = engine.get().registry().all().stream()
                .map(domain -> domain.uuid().toString())
                .collect(Collectors.toSet());
        engine.backend.running().forEach(uuid -> assertTrue(known.contains(uuid.toString()), where + ": unseen guest"));
        assertEquals(List.of(), engine.get().definitions().damaged(), where);
        assertEquals(persistent(engine), files(state.resolve("domains")), where);
    }

    private static Set<String> persistent(TestEngine engine) {
        return engine.get().registry().all().stream()
                .filter(domain -> domain.status().persistent())
                .map(domain -> domain.uuid() + ".xml")
                .collect(Collectors.toSet());
    }

    private static Set<String> files(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** All remaining domains can be started, destroyed and removed, and then nothing is left. */
    private static void useAll(TestEngine engine, String where) {
        for (Domain domain : engine.get().registry().all()) {
            if (!domain.status().active()) {
                engine.get().lifecycle().start(domain, StartOptions.PLAIN);
            }
            engine.get().lifecycle().destroy(domain);
            if (domain.status().persistent()) {
                engine.get().definitions().undefine(domain, false);
            }
        }
        assertEquals(List.of(), engine.get().registry().all(), where);
        assertEquals(List.of(), engine.backend.running(), where);
        assertEquals(List.of(), engine.backend.leftOver(), where);
    }
}
