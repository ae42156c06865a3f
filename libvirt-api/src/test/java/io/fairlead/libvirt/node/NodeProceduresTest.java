package io.fairlead.libvirt.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.fixture.TestClient;
import io.fairlead.libvirt.fixture.TestServer;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.rpc.protocol.HostCalls;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetDomainCapabilitiesArgs;
import io.fairlead.rpc.protocol.HostCalls.ConnectGetSysinfoArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCellsFreeMemoryArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuMapArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuMapRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuStats;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuStatsArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetFreePagesArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryParametersArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryStats;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryStatsArgs;
import io.fairlead.rpc.protocol.TypedParam;
import io.fairlead.rpc.wire.RpcError;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NodeProceduresTest {
    private static TestServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        HostFacts host = new FakeHostFacts();
        server = TestServer.of(table -> {
            new NodeProcedures(host).addTo(table);
            new NodeUsageProcedures(host).addTo(table);
        });
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void nodeInfo_isTheMachines() {
        assertEquals(
                new HostCalls.NodeGetInfoRet("x86_64", 8_000_000, 3, 2600, 1, 1, 4, 1),
                client.call(HostCalls.NODE_GET_INFO, null));
    }

    @Test
    void cpuMap_whenAskedForBoth_hasOneBitForEachCpuThatIsOnline() {
        NodeGetCpuMapRet map = client.call(HostCalls.NODE_GET_CPU_MAP, new NodeGetCpuMapArgs(1, 1, 0));
        assertArrayEquals(new byte[] {0b0111}, map.cpumap());
        assertEquals(3, map.online());
        assertEquals(4, map.ret());
    }

    @Test
    void cpuMap_whenAskedForNothing_onlyCounts() {
        NodeGetCpuMapRet map = client.call(HostCalls.NODE_GET_CPU_MAP, new NodeGetCpuMapArgs(0, 0, 0));
        assertEquals(0, map.cpumap().length);
        assertEquals(0, map.online());
        assertEquals(4, map.ret());
    }

    @Test
    void securityModel_isNone() {
        assertEquals(
                "none", client.call(HostCalls.NODE_GET_SECURITY_MODEL, null).model());
    }

    @Test
    void sysinfo_whenTheMachineHasNoSmbios_saysSoInLibvirtsWords() {
        RpcError error = client.error(HostCalls.CONNECT_GET_SYSINFO, new ConnectGetSysinfoArgs(0));
        assertEquals("unsupported configuration: Host SMBIOS information is not available", error.message());
        assertEquals(67, error.code());
    }

    @Test
    void capabilities_namesBothArchitecturesAMachineRuns() {
        String xml = client.call(HostCalls.CONNECT_GET_CAPABILITIES, null).capabilities();
        assertTrue(xml.contains("<arch name='x86_64'>"), xml);
        assertTrue(xml.contains("<arch name='i686'>"), xml);
        assertTrue(xml.contains("<cpu id='3' socket_id='0' die_id='0' core_id='3' siblings='3'/>"), xml);
    }

    @Test
    void domainCapabilities_whenAskedForAnotherHypervisor_isRefused() {
        assertEquals(
                8,
                client.error(HostCalls.CONNECT_GET_DOMAIN_CAPABILITIES, domainCapabilities("kvm"))
                        .code());
    }

    @Test
    void domainCapabilities_forContainers_offersTheMachinesCpus() {
        String xml = client.call(HostCalls.CONNECT_GET_DOMAIN_CAPABILITIES, domainCapabilities("lxc"))
                .capabilities();
        assertTrue(xml.contains("<vcpu max='4'/>"), xml);
    }

    private static ConnectGetDomainCapabilitiesArgs domainCapabilities(String type) {
        return new ConnectGetDomainCapabilitiesArgs(null, null, null, type, 0);
    }

    @Test
    void cpuStats_whenAskedWithoutRoom_saysHowManyThereAre() {
        var reply = client.call(HostCalls.NODE_GET_CPU_STATS, new NodeGetCpuStatsArgs(-1, 0, 0));
        assertEquals(List.of(), reply.params());
        assertEquals(4, reply.nparams());
    }

    @Test
    void cpuStats_whenAskedWithRoom_hasLibvirtsNames() {
        var reply = client.call(HostCalls.NODE_GET_CPU_STATS, new NodeGetCpuStatsArgs(0, 4, 0));
        assertEquals(
                List.of("kernel", "user", "idle", "iowait"),
                reply.params().stream().map(NodeGetCpuStats::field).toList());
    }

    @Test
    void cpuStats_ofACpuThatIsNotThere_isRefused() {
        RpcError error = client.error(HostCalls.NODE_GET_CPU_STATS, new NodeGetCpuStatsArgs(9, 4, 0));
        assertEquals(8, error.code());
        assertEquals("cpuNum", error.str2());
        assertEquals(0, error.int1());
    }

    @Test
    void cpuStats_withTheWrongRoom_isRefused() {
        assertEquals(
                8,
                client.error(HostCalls.NODE_GET_CPU_STATS, new NodeGetCpuStatsArgs(-1, 3, 0))
                        .code());
    }

    @Test
    void memoryStats_ofTheMachine_includesBuffers() {
        var reply = client.call(HostCalls.NODE_GET_MEMORY_STATS, new NodeGetMemoryStatsArgs(4, -1, 0));
        assertEquals(new NodeGetMemoryStats("buffers", 100_000), reply.params().get(2));
    }

    @Test
    void memoryStats_ofACell_isTotalAndFree() {
        var reply = client.call(HostCalls.NODE_GET_MEMORY_STATS, new NodeGetMemoryStatsArgs(2, 0, 0));
        assertEquals(new NodeGetMemoryStats("free", 4_000_000), reply.params().get(1));
        assertEquals(
                8,
                client.error(HostCalls.NODE_GET_MEMORY_STATS, new NodeGetMemoryStatsArgs(2, 1, 0))
                        .code());
    }

    @Test
    void freeMemory_isTheSumOfTheCells() {
        assertEquals(
                4_096_000_000L,
                client.call(HostCalls.NODE_GET_FREE_MEMORY, null).freeMem());
        assertArrayEquals(
                new long[] {4_096_000_000L},
                client.call(HostCalls.NODE_GET_CELLS_FREE_MEMORY, new NodeGetCellsFreeMemoryArgs(0, 8))
                        .cells());
    }

    @Test
    void cellsFreeMemory_fromACellThatIsNotThere_isRefusedInLibvirtsWords() {
        RpcError error = client.error(HostCalls.NODE_GET_CELLS_FREE_MEMORY, new NodeGetCellsFreeMemoryArgs(5, 1));
        assertEquals("internal error: start cell 5 out of range (0-0)", error.message());
        assertEquals(0, error.domain());
    }

    @Test
    void freePages_ofAKnownSize_areCounted() {
        assertArrayEquals(
                new long[] {1_000_000},
                client.call(HostCalls.NODE_GET_FREE_PAGES, new NodeGetFreePagesArgs(new int[] {4}, 0, 1, 0))
                        .counts());
    }

    @Test
    void freePages_ofAnUnknownSize_areRefusedInLibvirtsWords() {
        RpcError error = client.error(HostCalls.NODE_GET_FREE_PAGES, new NodeGetFreePagesArgs(new int[] {8}, 0, 1, 0));
        assertEquals("operation failed: page size 8 is not available on node 0", error.message());
    }

    @Test
    void memoryParameters_areThoseTheKernelHas() {
        var args = new NodeGetMemoryParametersArgs(0, Flags.STRING_PARAMETERS);
        assertEquals(2, client.call(HostCalls.NODE_GET_MEMORY_PARAMETERS, args).nparams());
        assertEquals(
                List.of(new TypedParam.UInt("shm_pages_to_scan", 100), new TypedParam.ULLong("shm_full_scans", 7)),
                client.call(HostCalls.NODE_GET_MEMORY_PARAMETERS, new NodeGetMemoryParametersArgs(2, 0))
                        .params());
    }
}
