package io.fairlead.core.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules for every back end. Each back end's test extends this class. */
public abstract class BackendContract {
    private static final int KILLED = 128 + 9;

    /** More than a host's processors or a back end's own threads. */
    private static final int OTHERS = 12;

    private final List<Guest> launched = new ArrayList<>();

    /** The back end of the daemon that runs now. */
    protected abstract Backend backend();

    /** Kills the daemon; {@link #backend} is then that of the next daemon, which has not adopted yet. */
    protected abstract void restartDaemon();

    /** A definition whose init runs until it is asked to end. */
    protected abstract DomainDocument staying();

    /** Makes the init of such a guest end by itself, with a status. */
    protected abstract void end(Guest guest, int status);

    @AfterEach
    void killAll() {
        for (Guest guest : launched) {
            try {
                guest.kill();
            } catch (EngineException e) {
                assertEquals(ErrorCode.OPERATION_INVALID, e.code(), "a guest cannot be killed");
            }
        }
    }

    @Test
    void launch_whenInitStays_givesAGuestWithAnId() {
        DomainDocument definition = staying();
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        Guest guest = launch(definition, false, exit::complete);
        assertTrue(guest.id() > 0);
        assertEquals(definition.uuid(), guest.definition().uuid());
        assertNotNull(guest.liveFacts());
        assertFalse(guest.suspended());
        assertFalse(exit.isDone());
    }

    @Test
    void exit_whenInitEndsByItself_isToldOnceWithItsStatus() throws Exception {
        ConcurrentLinkedQueue<GuestExit> exits = new ConcurrentLinkedQueue<>();
        CompletableFuture<GuestExit> first = new CompletableFuture<>();
        Guest guest = launch(staying(), false, exit -> {
            exits.add(exit);
            first.complete(exit);
        });
        end(guest, 3);
        assertEquals(3, first.get(10, TimeUnit.SECONDS).status());
        assertInvalid(guest::kill);
        guest.thawFilesystems(List.of("/data")); // harmless: a clean-up may call it in any case
        assertEquals(1, exits.size());
    }

    @Test
    void kill_whenTheGuestRuns_endsItWithSignal9() throws Exception {
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        launch(staying(), false, exit::complete).kill();
        assertEquals(KILLED, exit.get(10, TimeUnit.SECONDS).status());
    }

    @Test
    void kill_whenTheGuestIsSuspended_endsItAllTheSame() throws Exception {
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        Guest guest = launch(staying(), false, exit::complete);
        guest.suspend();
        guest.kill();
        assertEquals(KILLED, exit.get(10, TimeUnit.SECONDS).status());
    }

    @Test
    void suspend_whenResumedAgain_leavesItRunning() {
        Guest guest = launch(staying(), false, exit -> {});
        guest.suspend();
        assertTrue(guest.suspended());
        guest.resume();
        assertFalse(guest.suspended());
    }

    @Test
    void launch_whenPaused_isSuspendedUntilResumed() {
        Guest guest = launch(staying(), true, exit -> {});
        assertTrue(guest.suspended());
        guest.resume();
        assertFalse(guest.suspended());
    }

    @Test
    void prepare_beforeTheStart_givesNamespacesAndRunsNothing() throws Exception {
        try (Prepared prepared = prepare(staying(), exit -> {})) {
            assertTrue(prepared.init() > 0);
            assertTrue(Files.exists(prepared.networkNamespace()), prepared.networkNamespace()::toString);
            Guest guest = prepared.start();
            launched.add(guest);
            assertEquals(prepared.init(), guest.id());
            assertThrows(IllegalStateException.class, prepared::start);
        }
        assertFalse(launched.get(0).suspended(), "closing after the start does nothing");
    }

    @Test
    void close_whenItWasNotStarted_leavesNothing() {
        DomainDocument definition = staying();
        ConcurrentLinkedQueue<GuestExit> exits = new ConcurrentLinkedQueue<>();
        prepare(definition, exits::add).close();
        assertFalse(launch(definition, false, exit -> {}).suspended(), "it can be launched again");
        assertEquals(0, exits.size());
    }

    @Test
    void adopt_whenAGuestWasPreparedAndNotStarted_removesIt() {
        DomainDocument definition = staying();
        prepare(definition, exit -> {});
        restartDaemon();
        assertInstanceOf(Adopted.Removed.class, adopt(definition.uuid()));
        assertFalse(launch(definition, false, exit -> {}).suspended(), "it can be launched again");
    }

    @Test
    void everyGrip_whenTheGuestHasEnded_isRefused() throws Exception {
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        Guest guest = launch(staying(), false, exit::complete);
        guest.kill();
        exit.get(10, TimeUnit.SECONDS);
        assertInvalid(guest::kill);
        assertInvalid(guest::suspend);
        assertInvalid(guest::resume);
        assertInvalid(() -> guest.signal(1, 15));
        assertInvalid(() -> guest.requestShutdown(ShutdownWay.SIGNAL));
        assertInvalid(() -> guest.requestReboot(ShutdownWay.SIGNAL));
    }

    @Test
    void launch_whenTheEndedOneIsForgotten_worksAgain() throws Exception {
        DomainDocument definition = staying();
        CompletableFuture<GuestExit> exit = new CompletableFuture<>();
        launch(definition, false, exit::complete).kill();
        exit.get(10, TimeUnit.SECONDS);
        backend().forget(definition.uuid());
        assertFalse(launch(definition, false, ignored -> {}).suspended());
    }

    @Test
    void adopt_whenTheGuestStillRuns_takesItOverAndTellsItsEnd() throws Exception {
        DomainDocument definition = staying();
        Guest before = launch(definition, false, exit -> {});
        restartDaemon();
        Adopted.Running found = assertInstanceOf(Adopted.Running.class, adopt(definition.uuid()));
        assertEquals(before.id(), found.guest().id());
        assertFalse(found.autodestroy());
        launched.add(found.guest());
        end(found.guest(), 7);
        assertEquals(
                7, found.exit().toCompletableFuture().get(10, TimeUnit.SECONDS).status());
    }

    @Test
    void adopt_whenTheGuestIsSuspended_findsItSuspended() {
        DomainDocument definition = staying();
        launch(definition, false, exit -> {}).suspend();
        restartDaemon();
        Adopted.Running found = assertInstanceOf(Adopted.Running.class, adopt(definition.uuid()));
        launched.add(found.guest());
        assertTrue(found.guest().suspended());
    }

    @Test
    void adopt_whenTheGuestEndedMeanwhile_reportsItsStatusUntilForgotten() {
        DomainDocument definition = staying();
        UUID uuid = definition.uuid();
        Guest guest = launch(definition, false, exit -> {});
        restartDaemon();
        end(guest, 5);
        assertEquals(
                5, assertInstanceOf(Adopted.Ended.class, adopt(uuid)).exit().status());
        restartDaemon();
        assertEquals(
                5, assertInstanceOf(Adopted.Ended.class, adopt(uuid)).exit().status());
        backend().forget(uuid);
        restartDaemon();
        assertNull(adopt(uuid));
    }

    @Test
    void adopt_whenTheLiveDefinitionWasUpdated_findsTheUpdatedOne() {
        DomainDocument definition = staying();
        Guest guest = launch(definition, false, exit -> {});
        DomainDocument updated = DomainDocument.parse(
                guest.definition().toXml().replaceFirst("</domain>", "<description>changed</description></domain>"));
        guest.update(updated);
        restartDaemon();
        Adopted.Running found = assertInstanceOf(Adopted.Running.class, adopt(definition.uuid()));
        launched.add(found.guest());
        assertTrue(found.guest().definition().toXml().contains("changed"));
    }

    /** An end can take long if data must be written to storage first. The ends of other guests do not wait for it. */
    @Test
    void exit_whenManyOthersAreStillDealtWith_isToldAllTheSame() throws Exception {
        CountDownLatch stuck = new CountDownLatch(OTHERS);
        CountDownLatch released = new CountDownLatch(1);
        try {
            List<Guest> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(launch(staying(), false, exit -> {
                    stuck.countDown();
                    awaitQuietly(released);
                }));
            }
            CompletableFuture<GuestExit> exit = new CompletableFuture<>();
            Guest guest = launch(staying(), false, exit::complete);
            others.parallelStream().forEach(Guest::kill);
            assertTrue(stuck.await(30, TimeUnit.SECONDS), () -> "%d ends are not told".formatted(stuck.getCount()));

            guest.kill();

            assertEquals(KILLED, exit.get(5, TimeUnit.SECONDS).status());
        } finally {
            released.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void forget_whenThereIsNothing_doesNothing() {
        backend().forget(UUID.randomUUID());
    }

    private Guest launch(DomainDocument definition, boolean paused, Consumer<GuestExit> onExit) {
        try (Prepared prepared = prepare(definition, onExit)) {
            Guest guest = paused ? prepared.startPaused() : prepared.start();
            launched.add(guest);
            return guest;
        }
    }

    private Prepared prepare(DomainDocument definition, Consumer<GuestExit> onExit) {
        return backend().prepare(backend().plan(definition), LaunchRequest.PLAIN, onExit);
    }

    /** The adoption result of one guest, or null. */
    private Adopted adopt(UUID uuid) {
        ConcurrentLinkedQueue<Adopted> found = new ConcurrentLinkedQueue<>();
        backend().adopt(any -> Optional.empty(), found::add);
        return found.stream().filter(one -> one.uuid().equals(uuid)).findFirst().orElse(null);
    }

    private static void assertInvalid(Runnable call) {
        assertEquals(
                ErrorCode.OPERATION_INVALID,
                assertThrows(EngineException.class, call::run).code());
    }
}
