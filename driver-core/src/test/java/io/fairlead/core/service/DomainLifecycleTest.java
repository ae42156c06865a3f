package io.fairlead.core.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.core.domain.Affect;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainState.RunningReason;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.event.DomainEvent;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.fault.Faults;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.XmlFlags;
import io.fairlead.xml.facts.FactsMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainLifecycleTest {
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
    void start_whenDefined_runsItAndTells() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        DomainStatus status = domain.status();
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED"), engine.events());
        assertInstanceOf(DomainState.Running.class, status.state());
        assertEquals(engine.backend.guest(C1).id(), status.id());
        assertTrue(status.active() && status.persistent());
        assertEquals(domain, engine.get().registry().get(status.id()));
    }

    @Test
    void start_whenPaused_isStartedThenSuspended() {
        Domain domain = engine.define("c1");
        lifecycle().start(domain, new StartOptions(true, false, null, List.of()));
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 SUSPENDED_PAUSED"), engine.events());
        assertEquals(new DomainState.Paused(), domain.status().state());
        lifecycle().resume(domain);
        assertEquals(
                new DomainState.Running(RunningReason.UNPAUSED), domain.status().state());
    }

    @Test
    void start_whenItRuns_isRefused() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        assertRefused(ErrorCode.OPERATION_INVALID, "Domain is already running", () -> lifecycle()
                .start(domain, StartOptions.PLAIN));
    }

    @Test
    void start_whenTheBackendRefusesTheDefinition_changesNothing() {
        Domain domain = engine.define("c1");
        engine.backend.refuse("interface: not yet");
        assertRefused(ErrorCode.CONFIG_UNSUPPORTED, "interface: not yet", () -> lifecycle()
                .start(domain, StartOptions.PLAIN));
        assertEquals(
                new DomainState.ShutOff(StopReason.UNKNOWN), domain.status().state());
    }

    @Test
    void create_whenTheLaunchFails_leavesNoDomain() {
        engine.faults.arm(1, Faults.Kind.FAIL);
        assertThrows(EngineException.class, () -> engine.create("c1"));
        assertTrue(engine.get().registry().all().isEmpty());
        assertEquals(List.of(), engine.events());
        assertTrue(engine.create("c1").status().active(), "its name and uuid are free again");
    }

    @Test
    void create_whenItEnds_isGoneAfterItsEvents() {
        engine.create("c1");
        engine.end("c1", 0);
        assertTrue(engine.get().registry().find(C1).isEmpty());
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 STOPPED_SHUTDOWN"), engine.events());
    }

    @Test
    void create_whenActive_isRefusedAsLibvirtDoes() {
        engine.create("c1");
        assertRefused(ErrorCode.OPERATION_INVALID, "domain 'c1' is already active", () -> engine.create("c1"));
    }

    @Test
    void create_whenDefined_startsThatOneFromTheNewDefinition() {
        Domain domain = engine.define("c1");
        lifecycle().create(Documents.with("c1", "description", "other"), StartOptions.PLAIN);
        assertTrue(domain.status().active() && domain.status().persistent());
        assertTrue(xml(domain, false).contains("other"));
        assertFalse(xml(domain, true).contains("other"));
    }

    @Test
    void define_whenTransientRuns_makesItPersistent() {
        Domain domain = engine.create("c1");
        assertEquals(domain, engine.define("c1"));
        engine.end("c1", 0);
        assertEquals(new DomainState.ShutOff(StopReason.SHUTDOWN), engine.state("c1"));
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 DEFINED_ADDED", "c1 STOPPED_SHUTDOWN"), engine.events());
    }

    @Test
    void undefine_whenItRuns_makesItTransient() {
        Domain domain = engine.define("c1");
        engine.start("c1");
        engine.get().definitions().undefine(domain, false);
        assertFalse(domain.status().persistent());
        engine.end("c1", 0);
        assertTrue(engine.get().registry().find("c1").isEmpty());
        assertEquals(
                List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 UNDEFINED_REMOVED", "c1 STOPPED_SHUTDOWN"),
                engine.events());
    }

    @ParameterizedTest
    @CsvSource({
        "0,SHUTDOWN,STOPPED_SHUTDOWN",
        "3,CRASHED,STOPPED_CRASHED",
        "137,CRASHED,STOPPED_CRASHED",
        "-1,FAILED,STOPPED_FAILED"
    })
    void end_whenInitEndsByItself_givesStateReasonAndEvent(int status, StopReason reason, LifecycleChange change) {
        engine.define("c1");
        engine.start("c1");
        engine.end("c1", status);
        assertEquals(new DomainState.ShutOff(reason), engine.state("c1"));
        DomainEvent.Lifecycle stopped =
                (DomainEvent.Lifecycle) engine.domainEvents().get(2);
        assertEquals(change, stopped.change());
        assertEquals(status, stopped.exit().orElseThrow().status());
        assertEquals(-1, engine.get().registry().get("c1").status().id());
    }

    @Test
    void end_whenInitFails_isExplainedAlsoToTheNextDaemon() {
        engine.define("c1");
        engine.start("c1");
        engine.end("c1", 3);
        engine.restart();
        assertEquals(new DomainState.ShutOff(StopReason.CRASHED), engine.state("c1"));
        assertEquals(
                List.of("init exited with status 3"),
                engine.get().registry().get("c1").status().messages());
    }

    @Test
    void shutdown_whenTheGuestObeys_isNoCrash() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        lifecycle().shutdown(domain, ShutdownWay.SIGNAL);
        assertEquals("shutdown SIGNAL", engine.backend.guest(C1).lastRequest());
        engine.end("c1", 143);
        assertEquals(new DomainState.ShutOff(StopReason.SHUTDOWN), engine.state("c1"));
    }

    @Test
    void reboot_whenTheGuestEnds_startsItAgain() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        int before = domain.status().id();
        lifecycle().reboot(domain, ShutdownWay.AUTO);
        engine.backend.end(C1, 143);
        TestEngine.await(
                () -> domain.status().id() != before && domain.status().state() instanceof DomainState.Running);
        assertEquals(List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 reboot"), engine.events());
        assertEquals(List.of(143), exitsTold());
        assertTrue(engine.get().registry().find(before).isEmpty());
        assertEquals(domain, engine.get().registry().get(domain.status().id()));
    }

    @Test
    void reset_whenItRuns_returnsWithANewGuest() {
        Domain domain = engine.create("c1");
        int before = domain.status().id();
        lifecycle().reset(domain);
        assertNotEquals(before, domain.status().id());
        assertInstanceOf(DomainState.Running.class, domain.status().state());
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 reboot"), engine.events());
    }

    @Test
    void crash_whenOnCrashIsRestart_tellsAndStartsAgain() {
        Domain domain = lifecycle().create(Documents.with("c1", "on_crash", "restart"), StartOptions.PLAIN);
        int before = domain.status().id();
        engine.backend.end(C1, 3);
        TestEngine.await(
                () -> domain.status().id() != before && domain.status().state() instanceof DomainState.Running);
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 CRASHED_PANICKED", "c1 reboot"), engine.events());
        assertEquals(List.of(3, 3), exitsTold());
    }

    /** The exit status in each event that has one. */
    private List<Integer> exitsTold() {
        return engine.domainEvents().stream()
                .map(event -> event instanceof DomainEvent.Lifecycle change
                        ? change.exit()
                        : event instanceof DomainEvent.Reboot reboot ? reboot.exit() : Optional.<GuestExit>empty())
                .flatMap(Optional::stream)
                .map(GuestExit::status)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "always, 0, true",
        "unless-stopped, 3, true",
        "on-failure, 0, false",
        "on-failure, 3, true",
        "no, 3, false"
    })
    void end_whenAPolicyIsAmongItsFacts_followsThat(String policy, int status, boolean again) {
        Domain domain = lifecycle().create(withPolicy(policy, "destroy"), StartOptions.PLAIN);
        int before = domain.status().id();
        engine.backend.end(C1, status);
        TestEngine.await(() -> engine.isCalm() && domain.status().id() != before);
        assertEquals(again, domain.status().active());
        if (again) {
            assertEquals(1, domain.status().intent().restarts().total());
            lifecycle().shutdown(domain, ShutdownWay.AUTO);
            engine.backend.end(C1, status);
            TestEngine.await(() -> engine.get().registry().find("c1").isEmpty());
        }
    }

    @Test
    void end_whenItFailedTooOftenForItsPolicy_staysOff() {
        Domain domain = engine.get().definitions().define(withPolicy("on-failure' most='2", "restart"));
        engine.start("c1");
        for (int i = 0; i < 3; i++) {
            int before = domain.status().id();
            engine.backend.end(C1, 3);
            TestEngine.await(() -> engine.isCalm() && domain.status().id() != before);
        }
        assertEquals(
                new DomainState.ShutOff(StopReason.CRASHED), domain.status().state());
        assertEquals(2, domain.status().intent().restarts().total());
    }

    @Test
    void end_whenThePolicyWasChangedMeanwhile_followsTheNewOne() {
        Domain domain = lifecycle().create(withPolicy("no", "restart"), StartOptions.PLAIN);
        int before = domain.status().id();
        engine.get()
                .definitions()
                .setMetadata(
                        domain,
                        MetadataKind.ELEMENT,
                        "<container><restart policy='always'/></container>",
                        "f",
                        FactsMetadata.NAMESPACE,
                        Affect.LIVE);
        engine.restart();
        engine.backend.end(C1, 0);
        Domain found = engine.get().registry().get("c1");
        TestEngine.await(() -> engine.isCalm() && found.status().id() != before);
        assertTrue(found.status().active());
    }

    /** @param onCrash what the definition says otherwise */
    private static DomainDocument withPolicy(String policy, String onCrash) {
        return Documents.named(
                "c1",
                C1,
                "<metadata><container xmlns='%s'><restart policy='%s'/></container></metadata><on_crash>%s</on_crash>"
                        .formatted(FactsMetadata.NAMESPACE, policy, onCrash));
    }

    @Test
    void restart_whenTheLaunchFails_isAStopThatFailed() {
        engine.define("c1");
        engine.start("c1");
        engine.faults.arm(4, Faults.Kind.FAIL); // after the plan, forgetting the old guest, and the launch's record
        engine.end("c1", 129);
        assertEquals(new DomainState.ShutOff(StopReason.FAILED), engine.state("c1"));
        assertEquals("c1 STOPPED_FAILED", engine.events().get(2));
    }

    @Test
    void reboot_whenItGoesOnForEver_slowsDown() throws InterruptedException {
        engine.backend.exitAtOnce(129);
        engine.create("c1");
        Thread.sleep(1_000);
        long reboots = engine.events().stream().filter("c1 reboot"::equals).count();
        assertTrue(reboots >= 2 && reboots <= 6, reboots + " reboots in a second, with a limit of 400 ms");
        lifecycle().destroy(engine.get().registry().get("c1"));
        assertTrue(engine.get().registry().all().isEmpty());
    }

    @Test
    void destroy_whenPaused_endsIt() {
        engine.define("c1");
        Domain domain = engine.start("c1");
        lifecycle().suspend(domain);
        lifecycle().suspend(domain);
        lifecycle().destroy(domain);
        assertEquals(
                new DomainState.ShutOff(StopReason.DESTROYED), domain.status().state());
        assertEquals(
                List.of("c1 DEFINED_ADDED", "c1 STARTED_BOOTED", "c1 SUSPENDED_PAUSED", "c1 STOPPED_DESTROYED"),
                engine.events());
        assertEquals(List.of(), engine.backend.leftOver());
    }

    @Test
    void everyGrip_whenOff_isRefused() {
        Domain domain = engine.define("c1");
        for (Runnable call : List.<Runnable>of(
                () -> lifecycle().destroy(domain),
                () -> lifecycle().suspend(domain),
                () -> lifecycle().resume(domain),
                () -> lifecycle().reset(domain),
                () -> lifecycle().shutdown(domain, ShutdownWay.AUTO),
                () -> lifecycle().reboot(domain, ShutdownWay.AUTO),
                () -> engine.get().guests().signal(domain, 1, 9),
                () -> engine.get().guests().filesystems(domain),
                () -> engine.get().guests().openNamespaces(domain))) {
            assertRefused(ErrorCode.OPERATION_INVALID, "domain is not running", call);
        }
    }

    @Test
    void everyLook_whenTheDomainHasGone_findsNoDomain() {
        Domain domain = engine.create("c1");
        engine.end("c1", 0);
        String message = "No domain with matching uuid '%s'".formatted(C1);
        assertRefused(ErrorCode.NO_DOMAIN, message, () -> xml(domain, false));
        assertRefused(ErrorCode.NO_DOMAIN, message, () -> engine.get().guests().usage(domain));
        assertRefused(ErrorCode.NO_DOMAIN, message, () -> engine.get()
                .definitions()
                .metadata(domain, MetadataKind.TITLE, null, Affect.CURRENT));
    }

    @Test
    void resume_whenItRuns_isRefused() {
        Domain domain = engine.create("c1");
        assertRefused(ErrorCode.OPERATION_INVALID, "domain is already running", () -> lifecycle()
                .resume(domain));
    }

    @Test
    void ownerGone_whenAutodestroy_destroysItsDomainsAlone() {
        Object owner = new Object();
        lifecycle().create(Documents.named("c1"), new StartOptions(false, true, owner, List.of()));
        lifecycle().create(Documents.named("c2"), new StartOptions(false, false, owner, List.of()));
        lifecycle().create(Documents.named("c3"), new StartOptions(false, true, new Object(), List.of()));
        lifecycle().ownerGone(owner);
        TestEngine.await(() -> engine.get().registry().find("c1").isEmpty());
        assertEquals(2, engine.get().registry().all().size());
        assertTrue(engine.events().contains("c1 STOPPED_DESTROYED"));
    }

    @Test
    void create_whenTheOwnerHasGoneMeanwhile_isDestroyed() {
        Object owner = new Object();
        lifecycle().ownerGone(owner);
        lifecycle().create(Documents.named("c1"), new StartOptions(false, true, owner, List.of()));
        TestEngine.await(() -> engine.get().registry().all().isEmpty());
    }

    @Test
    void create_whileOwnersOfOthersGo_isNotDisturbed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread leaving = new Thread(() -> {
            while (!over.get()) {
                lifecycle().ownerGone(new Object());
            }
        });
        leaving.start();
        try {
            for (int n = 0; n < 100; n++) {
                lifecycle().create(Documents.named("c" + n), new StartOptions(false, true, new Object(), List.of()));
            }
        } finally {
            over.set(true);
            leaving.join();
        }
        assertEquals(100, engine.get().registry().all().size());
    }

    private DomainLifecycle lifecycle() {
        return engine.get().lifecycle();
    }

    private String xml(Domain domain, boolean inactive) {
        return engine.get().guests().xml(domain, new XmlFlags(false, inactive));
    }

    private static void assertRefused(ErrorCode code, String message, Runnable call) {
        EngineException refusal = assertThrows(EngineException.class, call::run);
        assertEquals(message, refusal.getMessage());
        assertEquals(code, refusal.code());
    }
}
