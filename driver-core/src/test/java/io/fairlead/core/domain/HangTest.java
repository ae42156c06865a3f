package io.fairlead.core.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.FakeBackend;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.testing.Documents;
import io.fairlead.core.testing.TestEngine;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.XmlFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients' calls that still work while the back end hangs. */
class HangTest {
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
    void destroy_whenAShutdownHangs_endsTheGuestAndFreesTheDomain() throws Exception {
        engine.define("c1");
        Domain domain = engine.start("c1");
        FakeBackend.Hang hang = engine.backend.hangOn("shutdown", false);
        CompletableFuture<Void> shutdown =
                CompletableFuture.runAsync(() -> engine.get().lifecycle().shutdown(domain, ShutdownWay.AUTO));
        hang.awaitReached();
        assertTimeoutPreemptively(
                Duration.ofSeconds(1), () -> engine.get().lifecycle().destroy(domain));
        assertEquals(
                new DomainState.ShutOff(StopReason.DESTROYED), domain.status().state());
        engine.start("c1"); // although the shutdown still hangs
        hang.release();
        assertThrows(ExecutionException.class, () -> shutdown.get(5, TimeUnit.SECONDS));
        assertTrue(domain.status().active(), "the late answer of the old guest must not touch the new one");
    }

    @Test
    void change_whenAnotherHangs_timesOutNamingIt() throws Exception {
        Domain domain = engine.create("c1");
        FakeBackend.Hang hang = engine.backend.hangOn("shutdown", false);
        CompletableFuture<Void> shutdown =
                CompletableFuture.runAsync(() -> engine.get().lifecycle().shutdown(domain, ShutdownWay.AUTO));
        hang.awaitReached();
        EngineException refusal = assertThrows(
                EngineException.class, () -> engine.get().lifecycle().suspend(domain));
        assertEquals(ErrorCode.OPERATION_TIMEOUT, refusal.code());
        assertEquals("cannot acquire state change lock (held by shutdown)", refusal.getMessage());
        hang.release();
        shutdown.get(5, TimeUnit.SECONDS);
    }

    @Test
    void reads_whenALaunchHangs_doNotWait() throws Exception {
        FakeBackend.Hang hang = engine.backend.hangOn("launch", true);
        CompletableFuture<Domain> create = CompletableFuture.supplyAsync(() -> engine.create("c1"));
        hang.awaitReached();
        assertTimeoutPreemptively(Duration.ofMillis(500), () -> {
            Domain domain = engine.get().registry().get("c1");
            assertEquals(new DomainState.Starting(), domain.status().state());
            assertTrue(engine.get()
                    .guests()
                    .xml(domain, new XmlFlags(false, false))
                    .contains("c1"));
            assertEquals(0, engine.get().guests().usage(domain).cpuTimeNanos());
        });
        hang.release();
        assertInstanceOf(
                DomainState.Running.class,
                create.get(5, TimeUnit.SECONDS).status().state());
    }

    @Test
    void destroy_whenALaunchHangsButMindsInterrupts_cancelsIt() throws Exception {
        FakeBackend.Hang hang = engine.backend.hangOn("launch", true);
        CompletableFuture<Domain> create = CompletableFuture.supplyAsync(() -> engine.create("c1"));
        hang.awaitReached();
        engine.get().lifecycle().destroy(engine.get().registry().get("c1"));
        assertThrows(ExecutionException.class, () -> create.get(5, TimeUnit.SECONDS));
        assertTrue(engine.get().registry().all().isEmpty());
        assertEquals(List.of(), engine.backend.leftOver());
        assertEquals(List.of(), engine.events(), "nobody ever saw it run");
    }

    @Test
    void destroy_whenALaunchHangsAndMindsNothing_saysSoAndKillsItLater() throws Exception {
        FakeBackend.Hang hang = engine.backend.hangOn("launch", false);
        CompletableFuture<Domain> create = CompletableFuture.supplyAsync(() -> engine.create("c1"));
        hang.awaitReached();
        Domain domain = engine.get().registry().get("c1");
        EngineException refusal = assertThrows(
                EngineException.class, () -> engine.get().lifecycle().destroy(domain));
        assertEquals(ErrorCode.OPERATION_TIMEOUT, refusal.code());
        hang.release();
        assertThrows(ExecutionException.class, () -> create.get(5, TimeUnit.SECONDS));
        assertEquals(List.of(), engine.backend.running());
        assertEquals(List.of(), engine.backend.leftOver());
        assertFalse(engine.get().registry().find("c1").isPresent());
        assertTrue(engine.create("c1").status().active());
    }

    /** If it were shown as off, it would keep its volumes for ever. */
    @Test
    void destroy_whenACancelledLaunchCannotBeKilled_showsThatItRuns() throws Exception {
        FakeBackend.Hang hang = engine.backend.hangOn("launch", false);
        CompletableFuture<Domain> create = CompletableFuture.supplyAsync(() -> engine.create("c1"));
        hang.awaitReached();
        Domain domain = engine.get().registry().get("c1");
        assertThrows(EngineException.class, () -> engine.get().lifecycle().destroy(domain));
        engine.backend.refuseToDie(true);
        hang.release();
        create.get(5, TimeUnit.SECONDS);
        assertInstanceOf(DomainState.Running.class, domain.status().state());
        assertEquals(List.of(domain.uuid()), engine.backend.running());

        assertThrows(EngineException.class, () -> engine.get().lifecycle().destroy(domain));
        engine.backend.refuseToDie(false);
        engine.get().lifecycle().destroy(domain);
        assertEquals(List.of(), engine.backend.running());
        assertEquals(List.of(), engine.backend.leftOver());
        assertTrue(engine.get().registry().all().isEmpty());
    }

    @Test
    void destroy_whenARestartHangs_cancelsIt() throws Exception {
        Domain domain = engine.create("c1");
        FakeBackend.Hang hang = engine.backend.hangOn("launch", true);
        engine.backend.end(Documents.uuidOf("c1"), 129);
        hang.awaitReached();
        engine.get().lifecycle().destroy(domain);
        assertEquals(List.of("c1 STARTED_BOOTED", "c1 STOPPED_DESTROYED"), engine.events());
        assertTrue(engine.get().registry().all().isEmpty());
    }

    @Test
    void otherDomains_whenOneLaunchHangs_goOn() throws Exception {
        FakeBackend.Hang hang = engine.backend.hangOn("launch", true);
        CompletableFuture<Domain> create = CompletableFuture.supplyAsync(() -> engine.create("c1"));
        hang.awaitReached();
        assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
            engine.define("c2");
            engine.get().lifecycle().destroy(engine.start("c2"));
        });
        hang.release();
        create.get(5, TimeUnit.SECONDS);
    }
}
