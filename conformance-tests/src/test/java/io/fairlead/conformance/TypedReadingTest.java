package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.typed.Capabilities;
import io.fairlead.conformance.typed.DomainCapabilities;
import io.fairlead.conformance.typed.Pool;
import io.fairlead.conformance.typed.Typed;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What the daemon prints, read by a reader that shares nothing with ours, and compared with the kernel's own facts. */
class TypedReadingTest {
    @Case
    void capabilities_whenReadTyped_areTheKernelsFacts(Server server) throws IOException {
        Capabilities said = Typed.read(Capabilities.class, server.virsh().ok("capabilities"));

        assertEquals(said.host.uuid, UUID.fromString(said.host.uuid).toString());
        assertEquals("x86_64", said.host.cpu.arch);
        assertEquals(said.host.topology.cells.num, said.host.topology.cells.list.size());
        List<Integer> cpus = said.host.topology.cells.list.stream()
                .flatMap(cell -> cell.cpus.stream())
                .map(cpu -> cpu.id)
                .toList();
        assertEquals(Runtime.getRuntime().availableProcessors(), cpus.size());
        assertEquals(cpus.size(), cpus.stream().distinct().count());
        for (Capabilities.Cell cell : said.host.topology.cells.list) {
            assertEquals(memTotal(cell.id), cell.memory.bytes());
        }
        Capabilities.Guest native64 = said.guests.stream()
                .filter(guest -> guest.arch.name.equals("x86_64"))
                .findFirst()
                .orElseThrow();
        assertEquals("exe", native64.osType);
        assertEquals(64, native64.arch.wordsize);
        assertEquals(
                List.of("lxc"),
                native64.arch.domains.stream().map(domain -> domain.type).toList());
    }

    private static long memTotal(int node) throws IOException {
        String line = Files.readAllLines(Path.of("/sys/devices/system/node/node%d/meminfo".formatted(node))).stream()
                .filter(text -> text.contains("MemTotal:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll(".*MemTotal:\\s*|\\s*kB", "")) << 10;
    }

    @Case(notTheOracle = "it has no domain capabilities")
    void domainCapabilities_whenReadTyped_offerWhatWorks(Server server) {
        DomainCapabilities said =
                Typed.read(DomainCapabilities.class, server.virsh().ok("domcapabilities"));

        assertEquals("lxc", said.domain);
        assertEquals("x86_64", said.arch);
        assertTrue(said.path.startsWith("/"), said.path);
        assertTrue(said.vcpu.max >= Runtime.getRuntime().availableProcessors(), "" + said.vcpu.max);
        assertEquals("yes", said.devices.disk.supported);
        assertEquals("no", said.devices.graphics.supported);
        assertEquals("driverType", said.devices.filesystem.choices.get(0).name);
        assertTrue(said.devices.filesystem.choices.get(0).values.contains("path"));
    }

    @Case
    void pool_whenReadTyped_isTheFolderThatItStandsFor(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = Files.createDirectory(server.directory().resolve("typed-pool"));
        virsh.ok("pool-create-as", "typed", "dir", "--target", folder.toString());
        try {
            Pool said = Typed.read(Pool.class, virsh.ok("pool-dumpxml", "typed"));

            assertEquals("dir", said.type);
            assertEquals("typed", said.name);
            assertEquals(virsh.ok("pool-uuid", "typed").strip(), said.uuid);
            assertEquals(folder.toString(), said.target.path);
            assertEquals(0, said.target.permissions.owner);
            assertEquals(0755, Integer.parseInt(said.target.permissions.mode, 8));
            FileStore store = Files.getFileStore(folder);
            assertEquals(store.getTotalSpace(), said.capacity.bytes());
            assertEquals(said.capacity.bytes(), said.allocation.bytes() + said.available.bytes());
        } finally {
            virsh.ok("pool-destroy", "typed");
        }
    }
}
