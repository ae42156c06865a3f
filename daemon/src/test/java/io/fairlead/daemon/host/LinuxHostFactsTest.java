package io.fairlead.daemon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.libvirt.node.HostFacts.Cell;
import io.fairlead.libvirt.node.HostFacts.KernelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxHostFactsTest {
    private HostFacts facts;

    @BeforeEach
    void look() throws IOException {
        facts = new LinuxHostFacts();
    }

    @ParameterizedTest
    @CsvSource({"6.1.0-18-amd64,6,1,0", "6.18.44,6,18,44", "5.10,5,10,0", "4.19.0+rc1,4,19,0"})
    void kernelVersion_whenDistributionsAddWords_readsTheNumbers(String release, int major, int minor, int micro) {
        assertEquals(new KernelVersion(major, minor, micro), LinuxHostFacts.kernelVersion(release));
    }

    @Test
    void kernelVersion_whenThereIsNoNumber_refuses() {
        assertThrows(IllegalArgumentException.class, () -> LinuxHostFacts.kernelVersion("custom"));
    }

    @Test
    void node_multipliesToAllItsCpus() {
        HostFacts.Node node = facts.node();

        assertEquals(node.cpus(), node.cells() * node.sockets() * node.cores() * node.threads());
        assertEquals(facts.cpuMap().online().cardinality(), node.cpus());
    }

    @Test
    void cells_togetherHoldEveryCpu_andPagesThatFillTheirMemory() {
        List<Cell> cells = facts.cells();

        assertEquals(
                facts.node().cpus(),
                cells.stream().mapToInt(cell -> cell.cpus().size()).sum());
        for (Cell cell : cells) {
            long kib = cell.pages().entrySet().stream()
                    .mapToLong(page -> page.getKey() * page.getValue())
                    .sum();
            assertTrue(Math.abs(kib - cell.memoryKib()) < 4, cell.toString());
            assertEquals(10, cell.distances().get(cell.id()));
        }
        assertEquals(cells.size(), facts.freeBytesOfCells().size());
    }

    @Test
    void freePages_whenCellOrSizeIsUnknown_isEmpty() {
        assertTrue(facts.freePages(0, 4).orElseThrow() > 0);
        assertEquals(Optional.empty(), facts.freePages(0, 3));
        assertEquals(Optional.empty(), facts.freePages(4000, 4));
    }

    @Test
    void cpuTimes_whenAllAreAsked_areAtLeastThoseOfOne() {
        long all = facts.cpuTimes(-1).orElseThrow().idleNanos();

        assertTrue(all > 0);
        assertTrue(facts.cpuTimes(0).orElseThrow().idleNanos()
                <= facts.cpuTimes(-1).orElseThrow().idleNanos());
        assertEquals(Optional.empty(), facts.cpuTimes(4000));
    }

    @Test
    void memory_isThatOfTheKernel() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");

        assertEquals(Long.parseLong(total), facts.memory().totalKib());
        assertTrue(facts.memory().freeKib() < facts.memory().totalKib());
    }

    @Test
    void uuid_ifTheMachineHasOne_readsAsOne() {
        facts.uuid().ifPresent(uuid -> assertTrue(uuid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), uuid));
    }
}
