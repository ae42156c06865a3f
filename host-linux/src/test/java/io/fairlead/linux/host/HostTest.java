package io.fairlead.linux.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0-3", "0-3,7", "1,3,5-9"})
    void format_whenParsed_isTheSameText(String list) {
        assertEquals(list, CpuList.format(CpuList.parse(list)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-1", "3-1", "1-", ",", "0-99999999999", "65536", "1;2"})
    void parse_whenMalformedOrHuge_refuses(String list) {
        assertThrows(IllegalArgumentException.class, () -> CpuList.parse(list));
    }

    @Test
    void cpuTimes_whenParsed_countNiceAsUserAndInterruptsAsKernel() {
        CpuTimes.Snapshot snapshot = CpuTimes.parse("cpu  10 2 3 40 5 6 7 0 0 0\ncpu1 1 1 1 1 1 1 1 0 0 0\nintr 5\n");
        assertEquals(new CpuTimes(120_000_000, 160_000_000, 400_000_000, 50_000_000), snapshot.all());
        assertEquals(List.of(1), List.copyOf(snapshot.byCpu().keySet()));
    }

    @Test
    void memoryInfo_whenOfANode_readsTheOtherFormToo() {
        MemoryInfo node = MemoryInfo.parse("Node 0 MemTotal:  16 kB\nNode 0 MemFree: 8 kB\nNode 0 FilePages: 2 kB\n");
        assertEquals(new MemoryInfo(16_384, 8192, 8192, 0, 2048, 0, 0), node);
    }

    @Test
    void topology_whenEven_countsEachLevel() {
        List<Cpu> cpus = new ArrayList<>();
        for (int id = 0; id < 16; id++) {
            cpus.add(new Cpu(id, id / 8, id / 8, id / 2 % 4, ""));
        }
        CpuTopology topology = CpuTopology.of(cpus);
        assertEquals(2, topology.nodes());
        assertEquals(1, topology.socketsPerNode());
        assertEquals(4, topology.coresPerSocket());
        assertEquals(2, topology.threadsPerCore());
    }

    @Test
    void topology_whenUneven_countsAllAsCores() {
        CpuTopology topology =
                CpuTopology.of(List.of(new Cpu(0, 0, 0, 0, ""), new Cpu(1, 0, 0, 0, ""), new Cpu(2, 0, 0, 1, "")));
        assertEquals(3, topology.coresPerSocket());
        assertEquals(1, topology.threadsPerCore());
    }

    @Test
    void current_whenReadOnThisMachine_agreesWithTheJvm() throws Exception {
        Machine machine = Machine.current();
        assertEquals(
                CpuTopology.onlineCpus().cardinality(),
                machine.topology().cpus().size());
        assertTrue(machine.memoryBytes() > 100 << 20);
        assertTrue(MemoryInfo.read().free() < machine.memoryBytes());
        assertEquals(machine.topology().cpus().size(), CpuTimes.read().byCpu().size());
        assertTrue(CpuTopology.presentCpus().cardinality()
                >= machine.topology().cpus().size());
        assertTrue(!Machine.hostName().isEmpty());
    }

    @Test
    void firmware_whenFilesAreThere_takesThoseThatSaySomething(@TempDir Path dmi) throws Exception {
        Files.writeString(dmi.resolve("sys_vendor"), "Example Inc.\n");
        Files.writeString(dmi.resolve("product_name"), "Box\n");
        Files.writeString(dmi.resolve("board_name"), "\n");
        Firmware firmware = Firmware.read(dmi);
        assertEquals(Map.of("vendor", "Example Inc.", "name", "Box"), firmware.system());
        assertEquals(Map.of(), firmware.baseBoard());
        assertEquals(Map.of(), firmware.bios());
    }
}
