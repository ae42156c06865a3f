package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_OPEN_CONSOLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.OutputReader;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainOpenConsoleArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.wire.MessageStatus;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsolePumpTest {
    private static final byte[] NOTHING = new byte[0];

    private final FakeConsole console = new FakeConsole();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private TestServer server;
    private TestClient client;

    @BeforeEach
    void openConsole() {
        server = TestServer.of(table -> table.worker(DOMAIN_OPEN_CONSOLE, (call, args) -> {
            ConsolePump pump = new ConsolePump(console, threads, released::countDown);
            pump.start(call.openStream(pump, false));
            return null;
        }));
        client = server.client();
        client.call(DOMAIN_OPEN_CONSOLE, new DomainOpenConsoleArgs(new DomainRef("c", new UUID(0, 1), 1), null, 0));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        threads.shutdown();
    }

    @Test
    void output_whileTheGuestWrites_arrivesInOrder() {
        console.guestWrites("hello ".getBytes(UTF_8));
        console.guestWrites("world".getBytes(UTF_8));
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (seen.size() < "hello world".length()) {
            seen.writeBytes(client.nextStream().bytes());
        }
        assertEquals("hello world", seen.toString(UTF_8));
    }

    @Test
    void output_whenLargerThanAPacket_isCutAndWhole() {
        byte[] much = new byte[1_000_000];
        Arrays.fill(much, (byte) 'x');
        console.guestWrites(much);
        int seen = 0;
        while (seen < much.length) {
            seen += client.nextStream().bytes().length;
        }
        assertEquals(much.length, seen);
    }

    @Test
    void output_whenTheGuestEnds_isFollowedByAnEmptyPacket() throws Exception {
        console.guestEnds();
        TestClient.Packet end = client.nextStream();
        assertEquals(MessageStatus.CONTINUE, end.header().status());
        assertArrayEquals(NOTHING, end.bytes());
        finish();
    }

    @Test
    void output_whenTheClientFellTooFarBehind_failsWithThatReason() {
        console.ends(OutputReader.End.FELL_BEHIND);
        TestClient.Packet failed = client.nextStream();
        assertEquals(MessageStatus.ERROR, failed.header().status());
        assertTrue(new String(failed.bytes(), UTF_8).contains("too slowly"));
    }

    @Test
    void threads_whileThereIsNothingToCarry_areNotNeeded() throws Exception {
        console.guestWrites("x".getBytes(UTF_8));
        client.nextStream();
        console.guestReads.release();
        type("y");
        await("it is typed", () -> console.typed().length == 1);
        await("no thread is at work", () -> ((ThreadPoolExecutor) threads).getActiveCount() == 0);
    }

    @Test
    void input_whenTheClientTypes_reachesTheGuest() throws Exception {
        console.guestReads.release(2);
        type("a");
        type("b");
        await("both are typed", () -> console.typed().length == 2);
        assertArrayEquals("ab".getBytes(UTF_8), console.typed());
    }

    @Test
    void input_whenTheGuestDoesNotRead_holdsTheClientBackAndLosesNothing() throws Exception {
        String much = "x".repeat(200_000);
        Thread typist = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                type(much);
            }
        });
        typist.start();
        typist.join(500);
        assertTrue(typist.isAlive(), "20 MB were taken though the guest reads nothing");
        console.guestReads.release(100);
        await("all is typed", () -> console.typed().length == 100 * much.length());
        typist.join();
    }

    @Test
    void input_afterTheGuestEnded_isDroppedAndTheClientCanStillFinish() throws Exception {
        console.guestEnds();
        client.nextStream();
        type("too late");
        finish();
    }

    @Test
    void finish_isAnsweredAndReleasesEverything() throws Exception {
        finish();
    }

    @Test
    void abort_isAnsweredAndReleasesEverything() throws Exception {
        client.sendStream(DOMAIN_OPEN_CONSOLE.id(), MessageStatus.ERROR, NOTHING);
        assertEquals(MessageStatus.OK, client.nextStream().header().status());
        assertReleased();
    }

    @Test
    void connection_whenItBreaks_releasesEverything() throws Exception {
        client.close();
        assertReleased();
    }

    @Test
    void client_whenItTakesNothing_doesNotMakeUsHoardTheGuestsOutput() throws Exception {
        client.pauseReading();
        for (int i = 0; i < 200; i++) {
            console.guestWrites(new byte[262_120]);
        }
        Thread.sleep(500);
        int pieces = 200 * 4; // each was cut into four
        assertTrue(console.unread() > pieces / 2, () -> "%d of %d are unread".formatted(console.unread(), pieces));
        client.resumeReading();
        int seen = 0;
        while (seen < 200 * 262_120) {
            seen += client.nextStream().bytes().length;
        }
        assertEquals(200 * 262_120, seen);
    }

    private void type(String text) {
        client.sendStream(DOMAIN_OPEN_CONSOLE.id(), MessageStatus.CONTINUE, text.getBytes(UTF_8));
    }

    private void finish() throws InterruptedException {
        client.sendStream(DOMAIN_OPEN_CONSOLE.id(), MessageStatus.OK, NOTHING);
        TestClient.Packet answer = client.nextStream();
        assertEquals(MessageStatus.OK, answer.header().status());
        assertReleased();
    }

    private void assertReleased() throws InterruptedException {
        assertTrue(console.closed.await(10, TimeUnit.SECONDS), "the console is still open");
        assertTrue(released.await(10, TimeUnit.SECONDS), "a thread still runs");
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s: " + what);
            Thread.sleep(5);
        }
    }
}
