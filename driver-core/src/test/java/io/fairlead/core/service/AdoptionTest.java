package io.fairlead.core.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.FakeBackend;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.fault.DaemonKilled;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.facts.FactsMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptionTest {
    private static final UUID C1 = Documents.uuidOf("c1");

    private TestEngine engine;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = new TestEngine(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void restart_whenGuestsRun_findsThemWithTheirIds() {
        engine.define("c1");
        int persistent = engine.start("c1").status().id();
        int other = engine.create("c2").status().id();
        engine.get().lifecycle().suspend(engine.get().registry().get("c2"));
        engine.restart();
        assertEquals(persistent, engine.get().registry().get("c1").status().id());
        assertEquals("c2", engine.get().registry().get(other).status().name());
        assertEquals(new DomainState.Paused(), engine.state("c2"));
        assertEquals(List.of(), engine.events(), "nothing has happened to them");
        engine.end("c1", 3);
        assertEquals(List.of("c1 STOPPED_CRASHED"), engine.events());
    }

    @Test
    void restart_whenAGuestEndedMeanwhile_tellsHow() {
        engine.define("c1");
        engine.start("c1");
        engine.create("c2");
        engine.restartUnadopted();
        engine.backend.end(C1, 3);
        engine.backend.end(Documents.uuidOf("c2"), 0);
        engine.adopt();
        assertEquals(new DomainState.ShutOff(StopReason.CRASHED), engine.state("c1"));
        assertEquals(
                List.of("init exited with status 3"),
                engine.get().registry().get("c1").status().messages());
        assertTrue(engine.get().registry().find("c2").isEmpty());
        assertEquals(
                List.of("c1 STOPPED_CRASHED", "c2 STOPPED_SHUTDOWN"),
                engine.events().stream().sorted().toList());
        assertEquals(List.of(), engine.backend.leftOver());
    }

    @Test
    void restart_whenAGuestRebootedMeanwhile_startsItAgain() {
        engine.create("c1");
        engine.restartUnadopted();
        engine.backend.end(C1, 129);
        engine.adopt();
        TestEngine.await(() -> engine.state("c1") instanceof DomainState.Running);
        assertEquals(List.of("c1 reboot"), engine.events());
    }

    @Test
    void restart_whenALaunchWasCutOff_doesIt() {
        engine.define("c1");
        engine.faults.arm(3, Faults.Kind.KILL_BEFORE); // intended and prepared, not launched
        assertThrows(DaemonKilled.class, () -> engine.start("c1"));
        engine.restart();
        TestEngine.await(() -> engine.state("c1") instanceof DomainState.Running);
        assertEquals(List.of("c1 STARTED_BOOTED"), engine.events(), "a start like any other");
        assertEquals(Ask.START, intent("c1").request().orElseThrow().ask());
    }

    @Test
    void restart_whenALaunchWasCutOffThatNeedsItsClient_isOffAndSaysSo() {
        Domain domain = engine.define("c1");
        engine.faults.arm(3, Faults.Kind.KILL_BEFORE);
        assertThrows(
                DaemonKilled.class,
                () -> engine.get().lifecycle().start(domain, new StartOptions(false, false, null, List.of(7))));
        engine.restart();
        DomainStatus status = engine.get().registry().get("c1").status();
        assertEquals(new DomainState.ShutOff(StopReason.FAILED), status.state());
        assertTrue(
                status.messages().get(0).contains("cut off"), status.messages().toString());
        assertTrue(engine.start("c1").status().active());
    }

    @Test
    void restart_whenTheOwnerDiedWithTheDaemon_destroysItsDomain() {
        engine.get().lifecycle().create(Documents.named("c1"), new StartOptions(false, true, new Object(), List.of()));
        engine.restart();
        TestEngine.await(() -> engine.get().registry().all().isEmpty());
        assertEquals(List.of(), engine.backend.running());
    }

    @Test
    void restart_whenAGuestRebootedWhoseOwnerDiedWithTheDaemon_doesNotStartItAgain() {
        engine.get().lifecycle().create(Documents.named("c1"), new StartOptions(false, true, new Object(), List.of()));
        engine.restartUnadopted();
        engine.backend.end(C1, 129);
        engine.adopt();
        TestEngine.await(() -> engine.get().registry().all().isEmpty());
        assertEquals(List.of("c1 STOPPED_DESTROYED"), engine.events());
        assertEquals(List.of(), engine.backend.leftOver());
    }

    @Test
    void restart_whenTheRemainsOfAGuestCannotBeForgotten_stillKnowsTheDomain() {
        engine.define("c1");
        engine.start("c1");
        engine.faults.arm(1, Faults.Kind.KILL_AFTER);
        engine.backend.end(C1, 0); // recorded, but not forgotten
        TestEngine.await(() -> engine.faults.dead());
        engine.restartUnadopted();
        engine.faults.arm(1, Faults.Kind.FAIL);
        engine.adopt();
        assertEquals(new DomainState.ShutOff(StopReason.SHUTDOWN), engine.state("c1"));
        engine.get().definitions().undefine(engine.get().registry().get("c1"), false);
        assertEquals(List.of(), engine.get().registry().all());
    }

    @Test
    void adoption_whenItIsNotDone_leavesStatesUnknownAndChangesWaiting() throws Exception {
        engine.define("c1");
        engine.start("c1");
        engine.restartUnadopted();
        FakeBackend.Hang hang = engine.backend.hangOn("adopt", false);
        CompletableFuture<Void> adoption = CompletableFuture.runAsync(engine::adopt);
        hang.awaitReached();
        Domain domain = engine.get().registry().get("c1");
        assertInstanceOf(DomainState.Unknown.class, domain.status().state());
        assertTimesOut(() -> engine.get().lifecycle().destroy(domain));
        assertTimesOut(() -> engine.get().lifecycle().start(domain, StartOptions.PLAIN));
        assertTimesOut(() -> engine.define("c2"));
        CompletableFuture<Void> destroy =
                CompletableFuture.runAsync(() -> engine.get().lifecycle().destroy(domain));
        hang.release();
        adoption.get(5, TimeUnit.SECONDS);
        destroy.get(5, TimeUnit.SECONDS);
        assertEquals(
                new DomainState.ShutOff(StopReason.DESTROYED), domain.status().state());
    }

    @Test
    void autostart_whenMarkedAndOff_startsIt() {
        engine.get().definitions().setAutostart(engine.define("c1"), true);
        engine.get().definitions().setAutostart(engine.define("c2"), true);
        engine.define("c3");
        engine.start("c2");
        engine.restart();
        engine.get().lifecycle().autostart();
        assertInstanceOf(DomainState.Running.class, engine.state("c1"));
        assertInstanceOf(DomainState.Running.class, engine.state("c2"));
        assertInstanceOf(DomainState.ShutOff.class, engine.state("c3"));
        assertEquals(List.of("c1 STARTED_BOOTED"), engine.events());
    }

    @Test
    void autostart_whenItFails_saysSoAndStartsTheOthers() {
        engine.get().definitions().setAutostart(engine.define("c1"), true);
        engine.backend.refuse("no root");
        engine.restart();
        engine.get().lifecycle().autostart();
        assertEquals(
                List.of("autostart failed: no root"),
                engine.get().registry().get("c1").status().messages());
    }

    @Test
    void autostart_whenTheDaemonIsKilledInTheMiddle_startsOnlyTheRest() {
        for (String name : List.of("c1", "c2", "c3")) {
            engine.get().definitions().setAutostart(engine.define(name), true);
        }
        engine.start("c1");
        engine.get().lifecycle().destroy(engine.get().registry().get("c1"));
        engine.start("c2");
        engine.restart(); // before autostart was done
        engine.get().lifecycle().autostart();
        assertEquals(
                new DomainState.ShutOff(StopReason.DESTROYED), engine.state("c1"), "it was destroyed in this boot");
        assertEquals(List.of("c3 STARTED_BOOTED"), engine.events());
        engine.rebootHost();
        engine.get().lifecycle().autostart();
        assertEquals(3, engine.backend.running().size());
    }

    @Test
    void upgrade_whenARestartIsPlanned_waitsForTheRestAndGoesOnCounting() {
        crashing("c1");
        Intent before = null;
        for (int i = 1; i <= 3; i++) {
            before = crash("c1", i);
        }
        engine.upgrade();
        DomainStatus status = engine.get().registry().get("c1").status();
        assertEquals(before.restarts(), status.intent().restarts());
        assertEquals(List.of("init exited with status 3"), status.messages());
        engine.awaitRest();
        Intent after = intent("c1");
        assertFalse(after.started().orElseThrow().isBefore(before.notBefore().orElseThrow()));
        assertEquals(List.of("c1 reboot"), engine.events());
        assertEquals(3, after.restarts().total());
        assertEquals(3, after.lastExit().orElseThrow().status());
    }

    private void crashing(String name) {
        engine.get().lifecycle().create(Documents.with(name, "on_crash", "restart"), StartOptions.PLAIN);
    }

    /** @return the intent, with a restart that waits from the second time on */
    private Intent crash(String name, int times) {
        engine.awaitRest();
        engine.backend.end(Documents.uuidOf(name), 3);
        TestEngine.await(() -> intent(name).restarts().total() == times);
        return intent(name);
    }

    @Test
    void destroy_whenARestartOfAnEarlierDaemonWaits_endsTheDomain() {
        crashing("c1");
        crash("c1", 1);
        crash("c1", 2);
        crash("c1", 3);
        engine.restart();
        Domain domain = engine.get().registry().get("c1");
        engine.get().lifecycle().destroy(domain);
        assertTrue(engine.get().registry().find("c1").isEmpty());
        List<String> events = engine.events();
        assertEquals("c1 STOPPED_DESTROYED", events.get(events.size() - 1));
        engine.restart();
        assertEquals(List.of(), engine.get().registry().all());
    }

    @Test
    void rebootHost_whenDomainsRan_leavesThemOffAndForgetsTransientOnes() {
        engine.define("c1");
        engine.start("c1");
        engine.create("c2");
        crashing("c3");
        crash("c3", 1);
        crash("c3", 2);
        engine.define("c4");
        engine.start("c4");
        engine.end("c4", 3);
        engine.rebootHost();
        engine.get().lifecycle().autostart();
        assertEquals(2, engine.get().registry().all().size());
        assertEquals(new DomainState.ShutOff(StopReason.UNKNOWN), engine.state("c1"));
        assertTrue(engine.get().registry().get("c1").status().messages().get(0).contains("host went down"));
        assertEquals(new DomainState.ShutOff(StopReason.CRASHED), engine.state("c4"));
        assertEquals(List.of(), engine.backend.running());
        assertEquals(List.of(), engine.events());
    }

    @Test
    void restart_whenATransientDomainEndsWhileOthersAreTakenOver_doesNotStartItAgain() {
        engine.create("c1");
        engine.restartUnadopted();
        engine.backend.afterFound(() -> {
            engine.backend.end(C1, 0);
            TestEngine.await(() -> engine.get().registry().find("c1").isEmpty());
        });
        engine.adopt();
        engine.awaitRest();
        assertEquals(List.of(), engine.get().registry().all());
        assertEquals(List.of(), engine.backend.running());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rebootHost_whenAPolicyOutlivesIt_startsWhatWasToRun(boolean runFilesStay) {
        for (String name : List.of("always", "stopped", "unless", "defined")) {
            String policy = name.equals("always") ? "always" : name.equals("defined") ? "no" : "unless-stopped";
            String facts = "<metadata><container xmlns='%s'><restart policy='%s'/></container></metadata>"
                    .formatted(FactsMetadata.NAMESPACE, policy);
            engine.get().definitions().define(Documents.named(name, Documents.uuidOf(name), facts));
            engine.start(name);
        }
        engine.get().lifecycle().destroy(engine.get().registry().get("stopped"));
        engine.get().lifecycle().destroy(engine.get().registry().get("always"));
        engine.rebootHost(runFilesStay);
        assertEquals(List.of(), engine.backend.running(), "not before their pools are there");
        engine.get().lifecycle().autostart();
        assertEquals(
                Set.of(Documents.uuidOf("always"), Documents.uuidOf("unless")), Set.copyOf(engine.backend.running()));
        assertEquals(new RestartPolicy.Always(), intent("always").policy());
        assertEquals(Ask.AUTOSTART, intent("unless").request().orElseThrow().ask());
    }

    @Test
    void restart_whenItIsUnclearWhetherAGuestRuns_touchesNothingOfIt() {
        engine.define("c1");
        engine.start("c1");
        engine.create("c2");
        engine.create("c3");
        engine.backend.loseSightOf(C1);
        engine.restart();
        assertThrows(EngineException.class, () -> engine.start("c1"));
        assertEquals(1, engine.backend.guest(C1).id() - 1_000_000_000, "it is the same guest");
        assertTrue(engine.state("c2") instanceof DomainState.Running);
        engine.backend.loseSightOf(Documents.uuidOf("c2"));
        engine.restart();
        assertTrue(engine.state("c1") instanceof DomainState.Running);
        assertTrue(engine.get().registry().find("c2").isEmpty(), "what it is called is not known");
        engine.backend.loseSightOf(null);
        engine.restart();
        assertTrue(engine.state("c2") instanceof DomainState.Running);
        assertEquals(3, engine.backend.running().size());
    }

    @Test
    void end_whenHandlingItFailsWithAnError_leavesNoDomainShownAsRunning() {
        engine.define("c1");
        engine.start("c1");
        engine.create("c2");
        engine.backend.failForgetting(new OutOfMemoryError("as a test"));
        engine.end("c1", 0);
        assertEquals(new DomainState.ShutOff(StopReason.SHUTDOWN), engine.state("c1"));
        engine.backend.failForgetting(new OutOfMemoryError("as a test"));
        engine.end("c2", 0);
        assertTrue(engine.get().registry().find("c2").isEmpty());
        assertEquals(
                List.of(
                        "c1 DEFINED_ADDED",
                        "c1 STARTED_BOOTED",
                        "c2 STARTED_BOOTED",
                        "c1 STOPPED_SHUTDOWN",
                        "c2 STOPPED_SHUTDOWN"),
                engine.events());
        engine.restart();
        assertEquals(List.of(), engine.backend.leftOver());
    }

    private Intent intent(String name) {
        return engine.get().registry().get(name).status().intent();
    }

    private static void assertTimesOut(Runnable call) {
        assertEquals(
                ErrorCode.OPERATION_TIMEOUT,
                assertThrows(EngineException.class, call::run).code());
    }
}
