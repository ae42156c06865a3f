package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.LxcProcedure.LxcOpenNamespaceArgs;
import io.fairlead.rpc.protocol.StorageVolumeCalls;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.PassedFd;
import io.fairlead.rpc.wire.RpcException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorTest {
    private static final DomainLifecycleCalls.DomainCreateXmlWithFilesArgs CREATE =
            new DomainLifecycleCalls.DomainCreateXmlWithFilesArgs("<domain/>", 0);

    @TempDir
    Path directory;

    private ServerFixture fixture;
    private TestClient client;
    private long before;

    @BeforeEach
    void start() throws Exception {
        fixture = new ServerFixture(directory, ServerSettings.defaults());
        client = fixture.client();
        client.call(ConnectionCalls.CONNECT_GET_TYPE, null);
        before = ServerFixture.openDescriptors();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        fixture.awaitIdle();
        fixture.close();
    }

    private List<PassedFd> files(int count) throws IOException {
        List<PassedFd> fds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = directory.resolve("file" + i);
            fds.add(new PassedFd(FileDescriptor.from(file.toFile()).intValue())); // which empties the file
            Files.writeString(file, "content " + i);
        }
        return fds;
    }

    private void awaitNoLeak() throws InterruptedException {
        ServerFixture.await("descriptors are closed", () -> {
            try {
                return ServerFixture.openDescriptors() <= before;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void call_withDescriptors_handsThemToTheHandler_andClosesThem() throws Exception {
        for (int count : new int[] {1, 3, PassedFd.PER_MESSAGE_MAX}) {
            fixture.driver.passed.clear();
            List<PassedFd> fds = files(count);
            client.startWithFds(DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES, CREATE, fds);
            try (Packet reply = client.next()) {
                assertEquals(MessageStatus.OK, reply.header().status());
            }
            assertEquals(count, fixture.driver.passed.size());
            assertEquals("content 0", fixture.driver.passed.get(0));
            fds.forEach(PassedFd::close);
            awaitNoLeak();
        }
    }

    @Test
    void calls_rightBehindTheDescriptors_areReadAsBytesAgain() throws Exception {
        List<PassedFd> fds = files(2);
        int create = client.startWithFds(DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES, CREATE, fds);
        int type = client.start(ConnectionCalls.CONNECT_GET_TYPE, null);
        List<Integer> serials = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (Packet reply = client.next()) {
                serials.add(reply.header().serial());
            }
        }
        assertTrue(serials.containsAll(List.of(create, type)));
        fds.forEach(PassedFd::close);
        awaitNoLeak();
    }

    @Test
    void call_thatIsUnknownOrRefused_closesItsDescriptors() throws Exception {
        List<PassedFd> fds = files(2);
        client.startWithFds(
                DomainLifecycleCalls.DOMAIN_CREATE_WITH_FILES,
                new DomainLifecycleCalls.DomainCreateWithFilesArgs(ToyDriver.TOY, 0),
                fds);
        try (Packet reply = client.next()) {
            assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
        }
        try (TestClient reader = TestClient.connect(fixture.readOnlySocket)) {
            reader.startWithFds(DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES, CREATE, fds);
            try (Packet reply = reader.next()) {
                assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
            }
        }
        fds.forEach(PassedFd::close);
        awaitNoLeak();
    }

    @Test
    void client_thatLeavesBetweenItsDescriptors_leaksNone() throws Exception {
        List<PassedFd> fds = files(3);
        client.write(HexFormat.of()
                .parseHex("00000020" + "20008086" + "00000001" + "00000135" + "00000004" + "00000001" + "00000000"
                        + "00000005"));
        for (PassedFd fd : fds) {
            client.channel().writeAndFlush(fd.descriptor()).sync();
        }
        client.close();
        fds.forEach(PassedFd::close);
        fixture.awaitIdle();
        awaitNoLeak();
    }

    @Test
    void reply_withDescriptors_sendsThePacketFirst_thenEachOnItsOwn() throws Exception {
        fixture.driver.namespaceFds = () -> files(6);
        client.start(LxcProcedure.OPEN_NAMESPACE, new LxcOpenNamespaceArgs(ToyDriver.TOY, 0));
        try (Packet reply = client.next()) {
            assertEquals(MessageType.REPLY_WITH_FDS, reply.header().type());
            assertEquals(32, reply.header().length());
            assertEquals(6, reply.fds().size());
            assertEquals(
                    "content 5",
                    Files.readString(
                            Path.of("/proc/self/fd/" + reply.fds().get(5).number())));
            reply.fds().forEach(PassedFd::close);
        }
        awaitNoLeak();
    }

    @Test
    void reply_withDescriptors_whenTheSocketIsFull_waitsForItsTurn() throws Exception {
        fixture.driver.namespaceFds = () -> files(6);
        fixture.driver.volume = new byte[10_000_000];
        client.readNothing();
        int download = client.start(
                StorageVolumeCalls.STORAGE_VOL_DOWNLOAD,
                new StorageVolumeCalls.StorageVolDownloadArgs(ToyDriver.VOLUME, 0, 0, 0));
        ServerFixture.await(
                "the socket is full", () -> fixture.server.counters().queuedBytes() > 100_000);
        int namespace = client.start(LxcProcedure.OPEN_NAMESPACE, new LxcOpenNamespaceArgs(ToyDriver.TOY, 0));
        ServerFixture.await(
                "the reply is queued", () -> fixture.server.counters().callsInWork() == 0);
        Thread.sleep(100);
        client.readOn();
        int fds = 0;
        while (fds == 0) {
            try (Packet packet = client.next()) {
                assertEquals(
                        packet.fds().isEmpty() ? download : namespace,
                        packet.header().serial());
                fds = packet.fds().size();
                packet.fds().forEach(PassedFd::close);
            }
        }
        assertEquals(6, fds);
    }

    @Test
    void reply_withTooManyDescriptors_isAnErrorAndClosesThem() throws Exception {
        fixture.driver.namespaceFds = () -> files(PassedFd.PER_MESSAGE_MAX + 1);
        assertThrows(
                RpcException.class,
                () -> client.call(LxcProcedure.OPEN_NAMESPACE, new LxcOpenNamespaceArgs(ToyDriver.TOY, 0)));
        awaitNoLeak();
    }

    @Test
    void descriptors_onAReadOnlySocket_areLeftToTheKernel_andTheConnectionGoesOn() throws Exception {
        try (TestClient reader = TestClient.connect(fixture.readOnlySocket)) {
            reader.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            long open = ServerFixture.openDescriptors();
            for (int count : new int[] {1, PassedFd.PER_MESSAGE_MAX}) {
                List<PassedFd> fds = files(count);
                reader.startWithFds(DomainLifecycleCalls.DOMAIN_CREATE_XML_WITH_FILES, CREATE, fds);
                try (Packet reply = reader.next()) {
                    RpcException e = assertThrows(RpcException.class, () -> TestClient.requireOk(reply));
                    assertEquals(29, e.error().code());
                }
                fds.forEach(PassedFd::close);
                assertEquals(
                        "LXC",
                        reader.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
                assertEquals(open, ServerFixture.openDescriptors());
            }
        }
    }
}
