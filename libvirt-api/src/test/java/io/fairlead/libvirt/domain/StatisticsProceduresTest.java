package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainStatisticsCalls.CONNECT_GET_ALL_DOMAIN_STATS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.DomainStatisticsCalls.ConnectGetAllDomainStatsArgs;
import io.fairlead.rpc.wire.RpcError;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatisticsProceduresTest {
    private static final DomainRef DOMAIN = new DomainRef("c", new UUID(0, 1), -1);

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.of(StatisticsProcedures::addTo);
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void getAllDomainStats_withoutDomains_isRefusedByTheNameOfTheFunctionForAll() {
        assertRefused("virConnectGetAllDomainStats", List.of());
    }

    @Test
    void getAllDomainStats_withDomains_isRefusedByTheNameOfTheFunctionForAList() {
        assertRefused("virDomainListGetStats", List.of(DOMAIN));
    }

    private void assertRefused(String function, List<DomainRef> domains) {
        RpcError error = client.error(CONNECT_GET_ALL_DOMAIN_STATS, new ConnectGetAllDomainStatsArgs(domains, 0, 0));

        assertEquals(3, error.code()); // VIR_ERR_NO_SUPPORT
        assertEquals(20, error.domain()); // VIR_FROM_DOMAIN
        assertEquals("this function is not supported by the connection driver: " + function, error.message());
    }
}
