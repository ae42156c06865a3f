package io.fairlead.linux.host;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CPUs that are online and how they are packed. The four counts multiply to at least the number of CPUs; where a
 * machine is too uneven for that, all CPUs count as cores of one socket.
 *
 * @param nodes NUMA nodes
 * @param socketsPerNode the most on any node
 * @param coresPerSocket the most in any socket
 * @param threadsPerCore the most in any core
 */
public record CpuTopology(List<Cpu> cpus, int nodes, int socketsPerNode, int coresPerSocket, int threadsPerCore) {
    private static final Path SYSTEM = Path.of("/sys/devices/system");

    public static CpuTopology read() throws IOException {
        return read(SYSTEM);
    }

    static CpuTopology read(Path system) throws IOException {
        Map<Integer, Integer> nodeOfCpu = nodes(system.resolve("node"));
        BitSet online = onlineCpus(system);
        List<Cpu> cpus = new ArrayList<>();
        for (int id = online.nextSetBit(0); id >= 0; id = online.nextSetBit(id + 1)) {
            Path topology = system.resolve("cpu/cpu" + id + "/topology");
            cpus.add(new Cpu(
                    id,
                    nodeOfCpu.getOrDefault(id, 0),
                    // Some virtual machines say -1.
                    Math.max(0, Integer.parseInt(read(topology, "physical_package_id", "0"))),
                    Integer.parseInt(read(topology, "core_id", Integer.toString(id))),
                    read(topology, "thread_siblings_list", Integer.toString(id))));
        }
        return of(cpus);
    }

    static CpuTopology of(List<Cpu> cpus) {
        int nodes = (int) cpus.stream().mapToInt(Cpu::node).distinct().count();
        int sockets = most(cpus, cpu -> "" + cpu.node(), Cpu::socket);
        int cores = most(cpus, cpu -> cpu.node() + "/" + cpu.socket(), Cpu::core);
        int threads = most(cpus, cpu -> cpu.node() + "/" + cpu.socket() + "/" + cpu.core(), Cpu::id);
        if (nodes * sockets * cores * threads != cpus.size()) {
            return new CpuTopology(List.copyOf(cpus), 1, 1, cpus.size(), 1);
        }
        return new CpuTopology(List.copyOf(cpus), nodes, sockets, cores, threads);
    }

    /** CPUs that can run something now. */
    public static BitSet onlineCpus() throws IOException {
        return onlineCpus(SYSTEM);
    }

    /** CPUs that are plugged in, running or not. */
    public static BitSet presentCpus() throws IOException {
        return CpuList.parse(read(SYSTEM.resolve("cpu"), "present", CpuList.format(onlineCpus())));
    }

    private static BitSet onlineCpus(Path system) throws IOException {
        String all = "0-" + (Runtime.getRuntime().availableProcessors() - 1);
        return CpuList.parse(read(system.resolve("cpu"), "online", all));
    }

    private static Map<Integer, Integer> nodes(Path folder) throws IOException {
        Map<Integer, Integer> nodeOfCpu = new TreeMap<>();
        BitSet online = CpuList.parse(read(folder, "online", "0"));
        for (int node = online.nextSetBit(0); node >= 0; node = online.nextSetBit(node + 1)) {
            int number = node;
            CpuList.parse(read(folder.resolve("node" + node), "cpulist", "")).stream()
                    .forEach(cpu -> nodeOfCpu.put(cpu, number));
        }
        return nodeOfCpu;
    }

    private static int most(
            List<Cpu> cpus,
            java.util.function.Function<Cpu, String> place,
            java.util.function.Function<Cpu, Integer> part) {
        Map<String, java.util.Set<Integer>> parts = new TreeMap<>();
        for (Cpu cpu : cpus) {
            parts.computeIfAbsent(place.apply(cpu), key -> new java.util.HashSet<>())
                    .add(part.apply(cpu));
        }
        return parts.values().stream().mapToInt(java.util.Set::size).max().orElse(1);
    }

    private static String read(Path folder, String file, String otherwise) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? KernelFile.readTrimmed(path) : otherwise;
    }
}
