package io.fairlead.rpc.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteProcedureTest {
    @Test
    void numbers_areAllOf1To443_and51AreEvents() {
        RemoteProcedure[] all = RemoteProcedure.values();
        assertEquals(443, all.length);
        for (int i = 0; i < all.length; i++) {
            assertEquals(i + 1, all[i].number());
            assertSame(all[i], RemoteProcedure.byNumber(i + 1));
        }
        assertEquals(51, Arrays.stream(all).filter(RemoteProcedure::isEvent).count());
        assertNull(RemoteProcedure.byNumber(0));
        assertNull(RemoteProcedure.byNumber(444));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT_OPEN, 1, ",
        "DOMAIN_CREATE, 9, virDomainCreate",
        "DOMAIN_GET_XML_DESC, 14, ",
        "NETWORK_UPDATE, 291, virNetworkUpdate",
        "NODE_SUSPEND_FOR_DURATION, 250, virNodeSuspendForDuration",
        "DOMAIN_OPEN_CONSOLE, 201, virDomainOpenConsole",
        "DOMAIN_SEND_PROCESS_SIGNAL, 295, virDomainSendProcessSignal",
        "CONNECT_LIST_ALL_DOMAINS, 273, ",
        "DOMAIN_FD_ASSOCIATE, 443, virDomainFDAssociate"
    })
    void procedure_hasTheNumberAndTheAccessThatLibvirtHas(
            RemoteProcedure procedure, int number, String functionThatWrites) {
        assertEquals(number, procedure.number());
        assertEquals(functionThatWrites, procedure.needsWriteAccess() ? procedure.function() : null);
    }

    @Test
    void domainEvents_are27_eachWithAMessageOfItsOwnThatHasAStruct() {
        Set<ProcedureId> sendable = new HashSet<>();
        Structs.messages().forEach(message -> sendable.add(message.id()));
        Set<RemoteProcedure> used = new HashSet<>();
        for (DomainEventId event : DomainEventId.values()) {
            assertTrue(event.message().isEvent());
            assertTrue(used.add(event.message()));
            assertTrue(sendable.contains(event.message()), () -> event + " has no message");
            assertSame(event, DomainEventId.byNumber(event.number()));
        }
        assertEquals(27, used.size());
        assertEquals(438, DomainEventId.MEMORY_DEVICE_SIZE_CHANGE.message().number());
        assertNull(DomainEventId.byNumber(27));
    }

    @Test
    void signatures_nameEachProcedureOnce_andNoEventIsCallable() {
        Set<ProcedureId> seen = new HashSet<>();
        List<Signature<?, ?>> signatures = Structs.signatures();
        for (Signature<?, ?> signature : signatures) {
            assertTrue(seen.add(signature.id()), () -> signature.id() + " has two signatures");
            assertFalse(signature.id() instanceof RemoteProcedure remote && remote.isEvent(), signature.id()::name);
        }
        assertTrue(signatures.size() > 270, () -> "only " + signatures.size());
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT_GET_ALL_DOMAIN_STATS, virConnectGetAllDomainStats, 20",
        "CONNECT_COMPARE_CPU, virConnectCompareCPU, 20",
        "DOMAIN_GET_IOTHREAD_INFO, virDomainGetIOThreadInfo, 20",
        "DOMAIN_GET_BLOCK_IO_TUNE, virDomainGetBlockIoTune, 20",
        "DOMAIN_ATTACH_DEVICE, virDomainAttachDevice, 20",
        "DOMAIN_INTERFACE_STATS, virDomainInterfaceStats, 20",
        "NODE_SUSPEND_FOR_DURATION, virNodeSuspendForDuration, 20",
        "CONNECT_FIND_STORAGE_POOL_SOURCES, virConnectFindStoragePoolSources, 18",
        "NETWORK_GET_DHCP_LEASES, virNetworkGetDHCPLeases, 19",
        "NETWORK_DEFINE_XML, virNetworkDefineXML, 19",
        "NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN, virNodeDeviceLookupSCSIHostByWWN, 22",
        "INTERFACE_LOOKUP_BY_MAC_STRING, virInterfaceLookupByMACString, 26",
        "SECRET_SET_VALUE, virSecretSetValue, 30",
        "NWFILTER_BINDING_LOOKUP_BY_PORT_DEV, virNWFilterBindingLookupByPortDev, 33",
        "DOMAIN_REVERT_TO_SNAPSHOT, virDomainRevertToSnapshot, 35",
        "DOMAIN_LIST_ALL_CHECKPOINTS, virDomainListAllCheckpoints, 69"
    })
    void procedure_hasTheFunctionAndTheErrorDomainThatLibvirtHas(RemoteProcedure procedure, String name, int domain) {
        assertEquals(name, procedure.function());
        assertEquals(domain, procedure.errorDomain());
    }
}
