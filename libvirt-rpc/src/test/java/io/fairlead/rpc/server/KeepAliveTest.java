package io.fairlead.rpc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.wire.KeepAliveMessage;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.Packet;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepAliveTest {
    private static final ServerSettings SHORT = ServerSettings.defaults().withKeepAlive(Duration.ofMillis(100), 3);

    @Test
    void ping_isAlwaysAnswered(@TempDir Path directory) throws Exception {
        try (ServerFixture fixture = new ServerFixture(directory, ServerSettings.defaults());
                TestClient client = fixture.client()) {
            client.write(packet(KeepAliveMessage.PING, client));
            try (Packet pong = client.next()) {
                MessageHeader header = pong.header();
                assertEquals(
                        new MessageHeader(28, KeepAliveMessage.PROGRAM, 1, KeepAliveMessage.PONG, 2, 0, 0), header);
            }
        }
    }

    @Test
    void client_thatAgreed_isPinged_andDroppedWhenItNeverAnswers(@TempDir Path directory) throws Exception {
        try (ServerFixture fixture = new ServerFixture(directory, SHORT);
                TestClient client = fixture.client()) {
            client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectionCalls.ConnectSupportsFeatureArgs(10));
            for (int i = 0; i < 3; i++) {
                try (Packet ping = client.next()) {
                    assertEquals(KeepAliveMessage.PING, ping.header().procedure());
                }
            }
            assertTrue(client.isDropped());
        }
    }

    @Test
    void client_thatAnswers_stays(@TempDir Path directory) throws Exception {
        try (ServerFixture fixture = new ServerFixture(directory, SHORT);
                TestClient client = fixture.client()) {
            client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectionCalls.ConnectSupportsFeatureArgs(10));
            for (int i = 0; i < 8; i++) {
                client.next().close();
                client.write(packet(KeepAliveMessage.PONG, client));
            }
            assertTrue(client.channel().isOpen());
        }
    }

    @Test
    void client_thatDidNotAgree_isNeverPinged(@TempDir Path directory) throws Exception {
        try (ServerFixture fixture = new ServerFixture(directory, SHORT);
                TestClient client = fixture.client()) {
            client.call(ConnectionCalls.CONNECT_GET_TYPE, null);
            assertTrue(client.nothingFor(600));
            assertTrue(client.channel().isOpen());
        }
    }

    private static io.netty.buffer.ByteBuf packet(int procedure, TestClient client) {
        return new Packets(client.channel().alloc()).empty(KeepAliveMessage.header(procedure));
    }
}
