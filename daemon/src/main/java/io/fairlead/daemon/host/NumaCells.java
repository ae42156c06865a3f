package io.fairlead.daemon.host;

import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.linux.host.Cpu;
import io.fairlead.linux.host.CpuList;
import io.fairlead.linux.host.Machine;
import io.fairlead.linux.host.MemoryInfo;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** NUMA nodes with their memory, pages and CPUs. A kernel without NUMA counts as one node with all memory and CPUs. */
final class NumaCells {
    private static final Path NODES = Path.of("/sys/devices/system/node");
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/hugepages");
    private static final Pattern HUGE_PAGE_FOLDER = Pattern.compile("hugepages-(\\d+)kB");
    private static final int LOCAL_DISTANCE = 10;
    private static final long KIB = 1024;
    // The page size of every architecture that this daemon is built for.
    private static final int PAGE_KIB = 4;

    private final Machine machine;
    private final BitSet ids;
    private final boolean real;

    private NumaCells(Machine machine, BitSet ids, boolean real) {
        this.machine = machine;
        this.ids = ids;
        this.real = real;
    }

    static NumaCells of(Machine machine) throws IOException {
        Path online = NODES.resolve("online");
        if (Files.exists(online)) {
            return new NumaCells(machine, CpuList.parse(KernelFile.readTrimmed(online)), true);
        }
        BitSet one = new BitSet();
        one.set(0);
        return new NumaCells(machine, one, false);
    }

    List<HostFacts.Cell> all() throws IOException {
        List<HostFacts.Cell> cells = new ArrayList<>();
        for (int id : ids.stream().toArray()) {
            long bytes = memory(id).total();
            cells.add(new HostFacts.Cell(id, bytes / KIB, pages(id, bytes), distances(id), cpus(id)));
        }
        return cells;
    }

    List<Long> freeBytes() throws IOException {
        List<Long> free = new ArrayList<>();
        for (int id : ids.stream().toArray()) {
            free.add(memory(id).free());
        }
        return free;
    }

    Optional<Long> freePages(int cell, int pageKib) throws IOException {
        if (!ids.get(cell)) {
            return Optional.empty();
        }
        if (pageKib == PAGE_KIB) {
            return Optional.of(memory(cell).free() / KIB / PAGE_KIB);
        }
        Path file = hugePages(cell).resolve("hugepages-%dkB/free_hugepages".formatted(pageKib));
        return Files.exists(file) ? Optional.of(number(file)) : Optional.empty();
    }

    private MemoryInfo memory(int id) throws IOException {
        return real ? MemoryInfo.ofNode(id) : MemoryInfo.read();
    }

    /** Huge pages are set aside; the other memory is small pages. */
    private Map<Integer, Long> pages(int id, long bytes) throws IOException {
        Map<Integer, Long> pages = new TreeMap<>();
        long smallKib = bytes / KIB;
        Path folder = hugePages(id);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> sizes = Files.list(folder)) {
                for (Path size : sizes.toList()) {
                    Matcher name = HUGE_PAGE_FOLDER.matcher(size.getFileName().toString());
                    if (name.matches()) {
                        int kib = Integer.parseInt(name.group(1));
                        long count = number(size.resolve("nr_hugepages"));
                        pages.put(kib, count);
                        smallKib -= count * kib;
                    }
                }
            }
        }
        pages.put(PAGE_KIB, smallKib / PAGE_KIB);
        return pages;
    }

    private Path hugePages(int id) {
        return real ? NODES.resolve("node" + id + "/hugepages") : HUGE_PAGES;
    }

    /** The kernel lists one figure for each node that is online, in their order. */
    private Map<Integer, Integer> distances(int id) throws IOException {
        Map<Integer, Integer> distances = new TreeMap<>();
        Path file = NODES.resolve("node" + id + "/distance");
        if (!real || !Files.exists(file)) {
            distances.put(id, LOCAL_DISTANCE);
            return distances;
        }
        String[] figures = KernelFile.readTrimmed(file).split("\\s+");
        int[] others = ids.stream().toArray();
        for (int i = 0; i < others.length && i < figures.length; i++) {
            distances.put(others[i], Integer.parseInt(figures[i]));
        }
        return distances;
    }

    private List<HostFacts.Cpu> cpus(int id) {
        return machine.topology().cpus().stream()
                .filter(cpu -> cpu.node() == id)
                .map(NumaCells::cpu)
                .toList();
    }

    private static HostFacts.Cpu cpu(Cpu cpu) {
        return new HostFacts.Cpu(cpu.id(), cpu.socket(), 0, cpu.core(), CpuList.parse(cpu.siblings()));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(KernelFile.readTrimmed(file));
    }
}
