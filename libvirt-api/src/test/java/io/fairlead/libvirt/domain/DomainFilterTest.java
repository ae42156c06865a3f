package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainListCalls.CONNECT_LIST_ALL_DOMAINS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainDefinitionCalls;
import io.fairlead.rpc.protocol.DomainLifecycleCalls;
import io.fairlead.rpc.protocol.DomainListCalls.ConnectListAllDomainsArgs;
import io.fairlead.rpc.protocol.DomainRef;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainFilterTest {
    private static EngineFixture fixture;
    private static TestClient client;

    @BeforeAll
    static void start() {
        fixture = new EngineFixture();
        client = fixture.client();
        fixture.defined("off");
        DomainRef auto = fixture.defined("offauto");
        client.call(
                DomainDefinitionCalls.DOMAIN_SET_AUTOSTART, new DomainDefinitionCalls.DomainSetAutostartArgs(auto, 1));
        fixture.running("on");
        client.call(DomainLifecycleCalls.DOMAIN_SUSPEND, fixture.running("paused"));
        fixture.transientDomain("transient");
    }

    @AfterAll
    static void stop() {
        client.close();
        fixture.close();
    }

    /** The numbers are those of virConnectListAllDomainsFlags. */
    @ParameterizedTest
    @CsvSource({
        "0, off offauto on paused transient",
        "1, on paused transient",
        "2, off offauto",
        "3, off offauto on paused transient",
        "4, off offauto on paused",
        "8, transient",
        "16, on transient",
        "32, paused",
        "64, off offauto",
        "128, ''",
        "48, on paused transient",
        "256, ''",
        "512, off offauto on paused transient",
        "1024, offauto",
        "2048, off on paused transient",
        "4096, ''",
        "8192, off offauto on paused transient",
        "16384, ''",
        "32768, off offauto on paused transient",
        "1026, offauto",
        "9, transient",
        "36, paused",
        "40, ''",
    })
    void listAll_showsWhatPassesEveryGroupOfFlags(int flags, String names) {
        var reply = client.call(CONNECT_LIST_ALL_DOMAINS, new ConnectListAllDomainsArgs(1, flags));
        assertEquals(names, reply.domains().stream().map(DomainRef::name).collect(Collectors.joining(" ")));
        assertEquals(reply.domains().size(), reply.ret());
    }

    @Test
    void listAll_whenOnlyTheNumberIsWanted_sendsNoDomains() {
        var reply = client.call(CONNECT_LIST_ALL_DOMAINS, new ConnectListAllDomainsArgs(0, 0));
        assertEquals(0, reply.domains().size());
        assertEquals(5, reply.ret());
    }

    @ParameterizedTest
    @CsvSource({"65536", "1048576", "-2147483648"})
    void listAll_withFlagsNobodyKnows_isRefused(int flags) {
        assertEquals(
                8,
                client.error(CONNECT_LIST_ALL_DOMAINS, new ConnectListAllDomainsArgs(1, flags))
                        .code());
    }
}
