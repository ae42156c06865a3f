package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_GET_FSINFO;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_GET_GUEST_INFO;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_INTERFACE_ADDRESSES;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_OPEN_CONSOLE;
import static io.fairlead.rpc.protocol.DomainGuestCalls.DOMAIN_SEND_PROCESS_SIGNAL;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_REBOOT;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_RESET;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN;
import static io.fairlead.rpc.protocol.DomainLifecycleCalls.DOMAIN_SHUTDOWN_FLAGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainFsinfo;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetFsinfoArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainGetGuestInfoArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainInterfaceAddressesArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainOpenConsoleArgs;
import io.fairlead.rpc.protocol.DomainGuestCalls.DomainSendProcessSignalArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainRebootArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainResetArgs;
import io.fairlead.rpc.protocol.DomainLifecycleCalls.DomainShutdownFlagsArgs;
import io.fairlead.rpc.protocol.DomainRef;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.LxcProcedure.LxcOpenNamespaceArgs;
import io.fairlead.rpc.protocol.TypedParam;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestProceduresTest {
    private EngineFixture fixture;
    private TestClient client;
    private DomainRef dom;

    @BeforeEach
    void start() {
        fixture = new EngineFixture();
        client = fixture.client();
        dom = fixture.running("c");
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    private String lastRequest() {
        return fixture.backend().guest(dom.uuid()).lastRequest();
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "77, 9", "5, 64", "5, 0"})
    void signal_toAnyProcess_reachesTheGuest(long pid, int signal) {
        client.call(DOMAIN_SEND_PROCESS_SIGNAL, new DomainSendProcessSignalArgs(dom, pid, signal, 0));
        assertEquals("signal %d to %d".formatted(signal, pid), lastRequest());
    }

    @ParameterizedTest
    @CsvSource({"0, 9, 0, 8", "-5, 9, 0, 74", "1, 65, 0, 8", "1, -1, 0, 8", "1, 9, 1, 8"})
    void signal_thatCannotBeSent_isRefused(long pid, int signal, int flags, int code) {
        var args = new DomainSendProcessSignalArgs(dom, pid, signal, flags);
        assertEquals(code, client.error(DOMAIN_SEND_PROCESS_SIGNAL, args).code());
        assertEquals("", lastRequest());
    }

    @ParameterizedTest
    @CsvSource({"0, AUTO", "4, INITCTL", "8, SIGNAL", "12, AUTO"})
    void shutdown_asksInTheWayTheFlagsSay(int flags, String way) {
        client.call(DOMAIN_SHUTDOWN_FLAGS, new DomainShutdownFlagsArgs(dom, flags));
        assertEquals("shutdown " + way, lastRequest());
    }

    @ParameterizedTest
    @CsvSource({"0, AUTO", "4, INITCTL", "8, SIGNAL"})
    void reboot_asksInTheWayTheFlagsSay(int flags, String way) {
        client.call(DOMAIN_REBOOT, new DomainRebootArgs(dom, flags));
        assertEquals("reboot " + way, lastRequest());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 32, 5})
    void shutdown_inAWayNoContainerKnows_isRefused(int flags) {
        assertEquals(
                8,
                client.error(DOMAIN_SHUTDOWN_FLAGS, new DomainShutdownFlagsArgs(dom, flags))
                        .code());
        assertEquals(
                8, client.error(DOMAIN_REBOOT, new DomainRebootArgs(dom, flags)).code());
        assertEquals("", lastRequest());
    }

    @Test
    void shutdown_withoutFlags_letsTheGuestDecide() {
        client.call(DOMAIN_SHUTDOWN, dom);
        assertEquals("shutdown AUTO", lastRequest());
    }

    @Test
    void reset_startsTheGuestAnew() {
        client.call(DOMAIN_RESET, new DomainResetArgs(dom, 0));
        assertTrue(fixture.backend().guest(dom.uuid()).id() != dom.id());
        assertEquals(8, client.error(DOMAIN_RESET, new DomainResetArgs(dom, 1)).code());
    }

    @Test
    void filesystems_areThoseOfTheGuest() {
        var reply = client.call(DOMAIN_GET_FSINFO, new DomainGetFsinfoArgs(dom, 0));
        assertEquals(List.of(new DomainFsinfo("/", "/srv/root", "ext4", List.of())), reply.info());
    }

    @Test
    void guestInfo_whenAskedForOneType_givesThatOnly() {
        var reply = client.call(DOMAIN_GET_GUEST_INFO, new DomainGetGuestInfoArgs(dom, 8, 0));
        assertEquals(List.of(new TypedParam.Str("hostname", "c")), reply.params());
        assertEquals(
                84,
                client.error(DOMAIN_GET_GUEST_INFO, new DomainGetGuestInfoArgs(dom, 9, 0))
                        .code());
    }

    @Test
    void guestInfo_whenAskedForNothing_givesAllThereIs() {
        var reply = client.call(DOMAIN_GET_GUEST_INFO, new DomainGetGuestInfoArgs(dom, 0, 0));
        assertTrue(reply.params().contains(new TypedParam.UInt("fs.count", 1)));
        assertTrue(reply.params().contains(new TypedParam.Str("fs.0.mountpoint", "/")));
    }

    @ParameterizedTest
    @CsvSource({"0", "2"})
    void addresses_ofAGuestWithoutInterfaces_areNone(int source) {
        var reply = client.call(DOMAIN_INTERFACE_ADDRESSES, new DomainInterfaceAddressesArgs(dom, source, 0));
        assertEquals(List.of(), reply.ifaces());
    }

    @Test
    void addresses_fromAnAgent_areRefusedInLibvirtsWords() {
        var error = client.error(DOMAIN_INTERFACE_ADDRESSES, new DomainInterfaceAddressesArgs(dom, 1, 0));
        assertEquals("argument unsupported: Unknown IP address data source 1", error.message());
    }

    @Test
    void namespaces_withFlags_areRefused() {
        client.call(LxcProcedure.OPEN_NAMESPACE, new LxcOpenNamespaceArgs(dom, 0));
        assertEquals(
                8,
                client.error(LxcProcedure.OPEN_NAMESPACE, new LxcOpenNamespaceArgs(dom, 1))
                        .code());
    }

    @Test
    void console_whenTheGuestRefusesIt_isAnErrorAndNoStream() {
        assertEquals(
                3,
                client.error(DOMAIN_OPEN_CONSOLE, new DomainOpenConsoleArgs(dom, "console7", 0))
                        .code());
        assertEquals(
                8,
                client.error(DOMAIN_OPEN_CONSOLE, new DomainOpenConsoleArgs(dom, null, 4))
                        .code());
    }
}
