package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainGuestCalls;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.wire.StreamHole;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {
    private static final byte[] NOTHING = {};
    private static final DomainGuestCalls.DomainOpenConsoleArgs CONSOLE =
            new DomainGuestCalls.DomainOpenConsoleArgs(ToyDriver.TOY, null, 0);

    @TempDir
    Path directory;

    private ServerFixture fixture;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        fixture = new ServerFixture(directory, ServerSettings.defaults());
        client = fixture.client();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        fixture.awaitIdle();
        fixture.close();
    }

    private int openConsole() throws InterruptedException {
        int serial = client.start(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, CONSOLE);
        try (Packet reply = client.next()) {
            assertEquals(MessageType.REPLY, reply.header().type());
        }
        return serial;
    }

    private void expectStream(int serial, int status, byte[] data) throws InterruptedException {
        try (Packet packet = client.next()) {
            assertEquals(MessageType.STREAM, packet.header().type());
            assertEquals(serial, packet.header().serial());
            assertEquals(status, packet.header().status());
            assertArrayEquals(data, ByteBufUtil.getBytes(packet.payload()));
        }
    }

    @Test
    void console_echoes_andEndsWithAnAnsweredFinish() throws Exception {
        int serial = openConsole();
        byte[] text = "quit".getBytes(StandardCharsets.UTF_8);
        client.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.CONTINUE, text);
        expectStream(serial, MessageStatus.CONTINUE, text);
        expectStream(serial, MessageStatus.CONTINUE, NOTHING); // the end, as an empty packet
        assertTrue(client.nothingFor(100), "the server must not finish by itself");
        client.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.OK, NOTHING);
        expectStream(serial, MessageStatus.OK, NOTHING);
        assertEquals(0, fixture.server.counters().openStreams());
    }

    @Test
    void abort_isAnswered_andLatePacketsAreDroppedQuietly() throws Exception {
        int serial = openConsole();
        client.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.ERROR, NOTHING);
        expectStream(serial, MessageStatus.OK, NOTHING);
        client.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.CONTINUE, new byte[] {1});
        client.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.OK, NOTHING);
        assertEquals("LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
    }

    @Test
    void stream_whenTheConnectionCloses_isGone() throws Exception {
        openConsole();
        assertEquals(1, fixture.server.counters().openStreams());
        client.close();
        ServerFixture.await("no stream", () -> fixture.server.counters().openStreams() == 0);
    }

    @Test
    void download_sendsAllBytesInChunks_thenTheEnd() throws Exception {
        fixture.driver.volume = randomBytes(3_000_000);
        int serial = client.start(
                StorageVolumeCalls.STORAGE_VOL_DOWNLOAD,
                new StorageVolumeCalls.StorageVolDownloadArgs(ToyDriver.VOLUME, 0, 0, 0));
        client.next().close();
        assertArrayEquals(fixture.driver.volume, receiveUntilEnd(serial));
        client.stream(StorageVolumeCalls.STORAGE_VOL_DOWNLOAD, serial, MessageStatus.OK, NOTHING);
        expectStream(serial, MessageStatus.OK, NOTHING);
    }

    private byte[] receiveUntilEnd(int serial) throws InterruptedException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            try (Packet packet = client.next()) {
                assertEquals(serial, packet.header().serial());
                assertEquals(MessageStatus.CONTINUE, packet.header().status());
                assertTrue(packet.payload().readableBytes() <= RpcStream.CHUNK_MAX);
                if (!packet.payload().isReadable()) {
                    return content.toByteArray();
                }
                content.writeBytes(ByteBufUtil.getBytes(packet.payload()));
            }
        }
    }

    @Test
    void download_whenTheClientReadsNothing_waitsWithLittleInMemory() throws Exception {
        fixture.driver.volume = randomBytes(20_000_000);
        client.readNothing();
        int serial = client.start(
                StorageVolumeCalls.STORAGE_VOL_DOWNLOAD,
                new StorageVolumeCalls.StorageVolDownloadArgs(ToyDriver.VOLUME, 0, 0, 0));
        ServerFixture.await("data is queued", () -> fixture.server.counters().queuedBytes() > 0);
        Thread.sleep(300);
        assertTrue(fixture.server.counters().queuedBytes() < 2_000_000);
        client.readOn();
        client.next().close();
        assertArrayEquals(fixture.driver.volume, receiveUntilEnd(serial));
        client.stream(StorageVolumeCalls.STORAGE_VOL_DOWNLOAD, serial, MessageStatus.OK, NOTHING);
        expectStream(serial, MessageStatus.OK, NOTHING);
    }

    @Test
    void upload_arrivesWhole_andTheFinishIsAnsweredAfterIt() throws Exception {
        byte[] content = randomBytes(3_000_000);
        int serial = openUpload(0);
        for (int at = 0; at < content.length; at += 250_000) {
            client.stream(
                    StorageVolumeCalls.STORAGE_VOL_UPLOAD,
                    serial,
                    MessageStatus.CONTINUE,
                    java.util.Arrays.copyOfRange(content, at, at + 250_000));
        }
        client.stream(StorageVolumeCalls.STORAGE_VOL_UPLOAD, serial, MessageStatus.OK, NOTHING);
        expectStream(serial, MessageStatus.OK, NOTHING);
        assertArrayEquals(content, fixture.driver.volume);
    }

    private int openUpload(int flags) throws InterruptedException {
        int serial = client.start(
                StorageVolumeCalls.STORAGE_VOL_UPLOAD,
                new StorageVolumeCalls.StorageVolUploadArgs(ToyDriver.VOLUME, 0, 0, flags));
        client.next().close();
        return serial;
    }

    @Test
    void holes_areTakenWhenTheCallWasSparse_andFailTheStreamElse() throws Exception {
        int sparse = openUpload(1);
        sendHole(sparse, 5);
        client.stream(StorageVolumeCalls.STORAGE_VOL_UPLOAD, sparse, MessageStatus.CONTINUE, new byte[] {7});
        client.stream(StorageVolumeCalls.STORAGE_VOL_UPLOAD, sparse, MessageStatus.OK, NOTHING);
        expectStream(sparse, MessageStatus.OK, NOTHING);
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 7}, fixture.driver.volume);

        int plain = openUpload(0);
        sendHole(plain, 5);
        try (Packet failure = client.next()) {
            assertEquals(MessageStatus.ERROR, failure.header().status());
            assertThrows(RpcException.class, () -> TestClient.requireOk(failure));
        }
        client.stream(StorageVolumeCalls.STORAGE_VOL_UPLOAD, plain, MessageStatus.OK, NOTHING); // too late, no answer
        assertEquals("LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
    }

    private void sendHole(int serial, long length) {
        ByteBuf packet = new Packets(client.channel().alloc())
                .of(
                        new MessageHeader(
                                0, 0x20008086, 1, 208, MessageType.STREAM_HOLE, serial, MessageStatus.CONTINUE),
                        StreamHole.class,
                        new StreamHole(length, 0));
        client.write(packet);
    }

    @Test
    void sparseDownload_carriesHoles() throws Exception {
        fixture.driver.volume = new byte[] {1, 2, 3};
        int serial = client.start(
                StorageVolumeCalls.STORAGE_VOL_DOWNLOAD,
                new StorageVolumeCalls.StorageVolDownloadArgs(ToyDriver.VOLUME, 0, 0, 1));
        client.next().close();
        expectStream(serial, MessageStatus.CONTINUE, new byte[] {1, 2, 3});
        try (Packet hole = client.next()) {
            assertEquals(MessageType.STREAM_HOLE, hole.header().type());
            assertEquals(new StreamHole(4096, 0), XdrCodec.of(StreamHole.class).read(hole.payload()));
        }
        expectStream(serial, MessageStatus.CONTINUE, NOTHING);
    }

    @Test
    void sink_whenItsOwnerIsSlow_stopsReadingTheSocket_andGoesOnLater() throws Exception {
        LinkedBlockingQueue<Integer> unconsumed = new LinkedBlockingQueue<>();
        AtomicLong received = new AtomicLong();
        CountDownLatch finished = new CountDownLatch(1);
        LinkedBlockingQueue<RpcStream> streams = new LinkedBlockingQueue<>();
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(
                        DomainGuestCalls.DOMAIN_OPEN_CONSOLE,
                        Execution.INLINE,
                        (call, args) -> streams.add(call.openStream(
                                new StreamListener() {
                                    @Override
                                    public void data(RpcStream stream, ByteBuffer data) {
                                        received.addAndGet(data.remaining());
                                        unconsumed.add(data.remaining());
                                    }

                                    @Override
                                    public void finished(RpcStream stream) {
                                        finished.countDown();
                                        stream.complete();
                                    }
                                },
                                false)))));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("slow"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("slow"))) {
                int serial = other.start(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, CONSOLE);
                other.next().close();
                for (int i = 0; i < 40; i++) {
                    other.stream(
                            DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.CONTINUE, new byte[250_000]);
                }
                other.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.OK, NOTHING);
                ServerFixture.await("some data", () -> received.get() > 1_000_000);
                Thread.sleep(300);
                assertTrue(received.get() < 1_500_000, "read on although nothing was consumed: " + received);
                RpcStream stream = streams.take();
                while (finished.getCount() > 0) {
                    Integer bytes = unconsumed.poll(10, TimeUnit.MILLISECONDS);
                    if (bytes != null) {
                        stream.consumed(bytes);
                    }
                }
                assertEquals(10_000_000, received.get());
                other.next().close();
            }
        }
    }

    /** Each takes memory here, however few bytes it stands for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holesAndTinyPieces_whenTheirReaderIsSlow_stopReadingTheSocket_andGoOnLater(boolean holes) throws Exception {
        AtomicLong received = new AtomicLong();
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingStream.Sink sink = new BlockingStream.Sink() {
            @Override
            public void data(ByteBuffer data) {
                received.incrementAndGet();
            }

            @Override
            public void hole(long length) {
                received.incrementAndGet();
            }
        };
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(
                        DomainGuestCalls.DOMAIN_OPEN_CONSOLE,
                        Execution.WORKER,
                        (call, args) -> call.runStream(true, stream -> {
                            goOn.await();
                            boolean more = true;
                            while (more) {
                                more = stream.receive(sink);
                            }
                        }))));
        int pieces = 100_000;
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("tiny"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("tiny"))) {
                int serial = other.start(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, CONSOLE);
                other.next().close();
                for (int i = 0; i < pieces; i++) {
                    if (holes) {
                        other.hole(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, 1);
                    } else {
                        other.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.CONTINUE, new byte[1]);
                    }
                }
                other.stream(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, serial, MessageStatus.OK, NOTHING);
                ServerFixture.await("much is held", () -> server.counters().heldBytes() > 1_000_000);
                Thread.sleep(200);
                assertTrue(
                        server.counters().heldBytes() < 3_000_000,
                        "read on although nothing was consumed: "
                                + server.counters().heldBytes());
                goOn.countDown();
                other.next().close();
                assertEquals(pieces, received.get());
                ServerFixture.await("all is given back", () -> server.counters().heldBytes() == 0);
            }
        }
    }

    @Test
    void stream_thatIsGivenUp_failsWithTheReason() throws Exception {
        LinkedBlockingQueue<BlockingStream> streams = new LinkedBlockingQueue<>();
        Program program = new Program(
                0x20008086,
                1,
                List.of(Procedure.action(
                        DomainGuestCalls.DOMAIN_OPEN_CONSOLE,
                        Execution.WORKER,
                        (call, args) -> call.runStream(false, stream -> {
                            streams.add(stream);
                            stream.receive(null);
                        }))));
        try (RpcServer server = RpcServer.builder().program(program).build()) {
            server.listen(new UnixEndpoint(directory.resolve("given-up"), 0700, false));
            try (TestClient other = TestClient.connect(directory.resolve("given-up"))) {
                other.start(DomainGuestCalls.DOMAIN_OPEN_CONSOLE, CONSOLE);
                other.next().close();
                BlockingStream stream = streams.take();
                ServerFixture.await("silence", () -> stream.silentNanos() > 1_000_000);
                stream.giveUp("nobody came");
                try (Packet end = other.next()) {
                    RpcException e = assertThrows(RpcException.class, () -> TestClient.requireOk(end));
                    assertEquals("the stream was given up: nobody came", e.getMessage());
                }
                ServerFixture.await("it is closed", () -> server.counters().openStreams() == 0);
            }
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
