package io.fairlead.libvirt.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.rpc.protocol.AuthenticationCalls;
import io.fairlead.rpc.protocol.ConnectionCalls;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectOpenArgs;
import io.fairlead.rpc.protocol.ConnectionCalls.ConnectSupportsFeatureArgs;
import io.fairlead.rpc.wire.RpcError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectProceduresTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.of(table -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void authList_beforeOpen_offersNoneOnly() {
        try (TestClient client = TestClient.connect(server.socket)) {
            assertArrayEquals(
                    new int[] {0},
                    client.call(AuthenticationCalls.AUTH_LIST, null).types());
        }
    }

    @Test
    void call_beforeOpen_isRefused() {
        try (TestClient client = TestClient.connect(server.socket)) {
            RpcError error = client.error(ConnectionCalls.CONNECT_GET_TYPE, null);
            assertEquals("internal error: connection not open", error.message());
            assertEquals(1, error.code());
            assertEquals(7, error.domain());
        }
    }

    @Test
    void open_whenOpenAlready_isRefused() {
        try (TestClient client = server.client()) {
            RpcError error = client.error(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("lxc:///", 0));
            assertEquals("internal error: connection already open", error.message());
        }
    }

    @Test
    void call_afterClose_isRefused() {
        try (TestClient client = server.client()) {
            client.call(ConnectionCalls.CONNECT_CLOSE, null);
            assertEquals(1, client.error(ConnectionCalls.CONNECT_GET_TYPE, null).code());
            assertEquals(
                    "internal error: connection already closed",
                    client.error(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("lxc:///", 0))
                            .message());
        }
    }

    @Test
    void open_whenTheNameIsForeign_leavesTheConnectionUnopened() {
        try (TestClient client = TestClient.connect(server.socket)) {
            RpcError error = client.error(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("qemu:///system", 0));
            assertEquals("no connection driver available for qemu:///system", error.message());
            client.call(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs(null, 0));
            assertEquals(
                    "lxc:///system",
                    client.call(ConnectionCalls.CONNECT_GET_URI, null).uri());
        }
    }

    @Test
    void open_withBitsThatLeakFromUnprivilegedClients_ignoresThem() {
        try (TestClient client = TestClient.connect(server.socket)) {
            client.call(ConnectionCalls.CONNECT_OPEN, new ConnectOpenArgs("fairlead:///system", 6));
            assertEquals(
                    "fairlead:///system",
                    client.call(ConnectionCalls.CONNECT_GET_URI, null).uri());
        }
    }

    @Test
    void connection_saysWhatItIs() {
        try (TestClient client = server.client()) {
            assertEquals(
                    "LXC", client.call(ConnectionCalls.CONNECT_GET_TYPE, null).type());
            assertEquals(
                    6_001_044,
                    client.call(ConnectionCalls.CONNECT_GET_VERSION, null).hvVer());
            assertEquals(
                    9_000_000,
                    client.call(ConnectionCalls.CONNECT_GET_LIB_VERSION, null).libVer());
            assertEquals(
                    "host.example.org",
                    client.call(ConnectionCalls.CONNECT_GET_HOSTNAME, null).hostname());
            assertEquals(1, client.call(ConnectionCalls.CONNECT_IS_SECURE, null).secure());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 14, 15, 16})
    void supportsFeature_whenItIsOfTheProtocol_saysYes(int feature) {
        assertEquals(1, supports(feature));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 17, 1000})
    void supportsFeature_whenItIsAboutMigrationOrUnknown_saysNo(int feature) {
        assertEquals(0, supports(feature));
    }

    private static int supports(int feature) {
        try (TestClient client = server.client()) {
            return client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectSupportsFeatureArgs(feature))
                    .supported();
        }
    }

    @Test
    void supportsFeature_beforeOpen_answersOnlyForKeepalive() {
        try (TestClient client = TestClient.connect(server.socket)) {
            assertEquals(
                    1,
                    client.call(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectSupportsFeatureArgs(10))
                            .supported());
            assertEquals(
                    1,
                    client.error(ConnectionCalls.CONNECT_SUPPORTS_FEATURE, new ConnectSupportsFeatureArgs(14))
                            .code());
        }
    }

    @Test
    void closeCallback_whenRegisteredTwiceOrRemovedTwice_isRefused() {
        try (TestClient client = server.client()) {
            client.call(ConnectionCalls.CONNECT_REGISTER_CLOSE_CALLBACK, null);
            assertEquals(
                    55,
                    client.error(ConnectionCalls.CONNECT_REGISTER_CLOSE_CALLBACK, null)
                            .code());
            client.call(ConnectionCalls.CONNECT_UNREGISTER_CLOSE_CALLBACK, null);
            assertEquals(
                    9,
                    client.error(ConnectionCalls.CONNECT_UNREGISTER_CLOSE_CALLBACK, null)
                            .code());
        }
    }

    @Test
    void authentication_byCredentials_isRefusedWithItsOwnCode() {
        try (TestClient client = TestClient.connect(server.socket)) {
            assertEquals(45, client.error(AuthenticationCalls.AUTH_POLKIT, null).code());
        }
    }
}
