package io.fairlead.libvirt.node;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine with one cell and four CPUs, of which one is offline. */
public class FakeHostFacts implements HostFacts {
    public static final int CPUS = 4;

    @Override
    public String hostname() {
        return "host.example.org";
    }

    @Override
    public Optional<String> uuid() {
        return Optional.of("6f2ad1b6-4a3b-4d59-9f2c-3c8f0a5f7c11");
    }

    @Override
    public KernelVersion kernelVersion() {
        return new KernelVersion(6, 1, 44);
    }

    @Override
    public Node node() {
        return new Node("x86_64", 8_000_000, 3, 2600, 1, 1, 4, 1);
    }

    @Override
    public CpuMap cpuMap() {
        BitSet online = new BitSet();
        online.set(0, CPUS - 1);
        return new CpuMap(CPUS, online);
    }

    @Override
    public Optional<CpuTimes> cpuTimes(int cpu) {
        return cpu >= -1 && cpu < CPUS ? Optional.of(new CpuTimes(1, 2, 3, 4)) : Optional.empty();
    }

    @Override
    public Memory memory() {
        return new Memory(8_000_000, 4_000_000, 100_000, 200_000);
    }

    @Override
    public List<Cell> cells() {
        List<Cpu> cpus = List.of(cpu(0), cpu(1), cpu(2), cpu(3));
        return List.of(new Cell(0, 8_000_000, Map.of(4, 2_000_000L, 2048, 0L), Map.of(0, 10), cpus));
    }

    private static Cpu cpu(int id) {
        BitSet siblings = new BitSet();
        siblings.set(id);
        return new Cpu(id, 0, 0, id, siblings);
    }

    @Override
    public List<Long> freeBytesOfCells() {
        return List.of(4_096_000_000L);
    }

    @Override
    public Optional<Long> freePages(int cell, int pageKib) {
        return switch (pageKib) {
            case 4 -> Optional.of(1_000_000L);
            case 2048 -> Optional.of(0L);
            default -> Optional.empty();
        };
    }

    @Override
    public Map<String, Long> samePageMerging() {
        return Map.of("pages_to_scan", 100L, "full_scans", 7L);
    }

    @Override
    public Firmware firmware() {
        return new Firmware(Map.of(), Map.of(), Map.of());
    }
}
