package io.fairlead.libvirt.node;

import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_CELLS_FREE_MEMORY;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_CPU_STATS;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_FREE_MEMORY;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_FREE_PAGES;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_MEMORY_PARAMETERS;
import static io.fairlead.rpc.protocol.HostCalls.NODE_GET_MEMORY_STATS;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Lists;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCellsFreeMemoryArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCellsFreeMemoryRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuStats;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuStatsArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetCpuStatsRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetFreeMemoryRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetFreePagesArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetFreePagesRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryParametersArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryParametersRet;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryStats;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryStatsArgs;
import io.fairlead.rpc.protocol.HostCalls.NodeGetMemoryStatsRet;
import io.fairlead.rpc.protocol.Limits;
import io.fairlead.rpc.protocol.TypedParam;
import java.util.List;
import java.util.Map;

/** The usage of the machine's CPUs and memory. */
final class NodeUsageProcedures {
    private static final int ALL = -1;

    /** The names libvirt gives to the kernel's files, in libvirt's order. */
    private static final List<Map.Entry<String, String>> SAME_PAGE_MERGING = List.of(
            Map.entry("shm_pages_to_scan", "pages_to_scan"),
            Map.entry("shm_sleep_millisecs", "sleep_millisecs"),
            Map.entry("shm_pages_shared", "pages_shared"),
            Map.entry("shm_pages_sharing", "pages_sharing"),
            Map.entry("shm_pages_unshared", "pages_unshared"),
            Map.entry("shm_pages_volatile", "pages_volatile"),
            Map.entry("shm_full_scans", "full_scans"),
            Map.entry("shm_merge_across_nodes", "merge_across_nodes"));

    private final HostFacts host;

    NodeUsageProcedures(HostFacts host) {
        this.host = host;
    }

    void addTo(Table table) {
        table.worker(NODE_GET_CPU_STATS, (call, args) -> cpuStats(args));
        table.worker(NODE_GET_MEMORY_STATS, (call, args) -> memoryStats(args));
        table.worker(
                NODE_GET_FREE_MEMORY,
                (call, none) -> new NodeGetFreeMemoryRet(host.freeBytesOfCells().stream()
                        .mapToLong(Long::longValue)
                        .sum()));
        table.worker(NODE_GET_CELLS_FREE_MEMORY, (call, args) -> cellsFreeMemory(args));
        table.worker(NODE_GET_FREE_PAGES, (call, args) -> freePages(args));
        table.worker(NODE_GET_MEMORY_PARAMETERS, (call, args) -> memoryParameters(args));
    }

    private NodeGetCpuStatsRet cpuStats(NodeGetCpuStatsArgs args) {
        String function = "virNodeGetCPUStats";
        Flags.none(function, args.flags());
        HostFacts.CpuTimes times = host.cpuTimes(args.cpuNum())
                .orElseThrow(() -> Errors.hostArgument(function, "cpuNum", "Invalid cpuNum in %s".formatted(function)));
        List<NodeGetCpuStats> stats = List.of(
                new NodeGetCpuStats("kernel", times.kernelNanos()),
                new NodeGetCpuStats("user", times.userNanos()),
                new NodeGetCpuStats("idle", times.idleNanos()),
                new NodeGetCpuStats("iowait", times.iowaitNanos()));
        return new NodeGetCpuStatsRet(asked(function, args.nparams(), stats), stats.size());
    }

    private NodeGetMemoryStatsRet memoryStats(NodeGetMemoryStatsArgs args) {
        String function = "virNodeGetMemoryStats";
        Flags.none(function, args.flags());
        List<NodeGetMemoryStats> stats = args.cellNum() == ALL ? machineMemory() : cellMemory(function, args.cellNum());
        return new NodeGetMemoryStatsRet(asked(function, args.nparams(), stats), stats.size());
    }

    private List<NodeGetMemoryStats> machineMemory() {
        HostFacts.Memory memory = host.memory();
        return List.of(
                new NodeGetMemoryStats("total", memory.totalKib()),
                new NodeGetMemoryStats("free", memory.freeKib()),
                new NodeGetMemoryStats("buffers", memory.buffersKib()),
                new NodeGetMemoryStats("cached", memory.cachedKib()));
    }

    private List<NodeGetMemoryStats> cellMemory(String function, int cell) {
        List<HostFacts.Cell> cells = host.cells();
        if (cell < 0 || cell >= cells.size()) {
            throw Errors.hostArgument(
                    function,
                    "cellNum",
                    "cellNum in %s must be less than or equal to %d".formatted(function, cells.size() - 1));
        }
        return List.of(
                new NodeGetMemoryStats("total", cells.get(cell).memoryKib()),
                new NodeGetMemoryStats("free", host.freeBytesOfCells().get(cell) / 1024));
    }

    /** A client asks twice, first with no room at all, to learn the number of entries. */
    private static <T> List<T> asked(String function, int nparams, List<T> all) {
        if (nparams == 0) {
            return List.of();
        }
        if (nparams != all.size()) {
            throw Errors.hostArgument(
                    function, "nparams", "nparams in %s must be equal to %d".formatted(function, all.size()));
        }
        return all;
    }

    private NodeGetCellsFreeMemoryRet cellsFreeMemory(NodeGetCellsFreeMemoryArgs args) {
        List<Long> free = host.freeBytesOfCells();
        int first = startCell(args.startCell(), free.size());
        int count = Math.min(Lists.room("maxCells", args.maxcells(), Limits.NODE_CELLS), free.size() - first);
        return new NodeGetCellsFreeMemoryRet(free.subList(first, first + count).stream()
                .mapToLong(Long::longValue)
                .toArray());
    }

    private static int startCell(int cell, int cells) {
        if (cell < 0 || cell >= cells) {
            throw Errors.host(ErrorCode.INTERNAL_ERROR, "start cell %d out of range (0-%d)".formatted(cell, cells - 1));
        }
        return cell;
    }

    /** Cell after cell, and within a cell in the order of the sizes asked for. */
    private NodeGetFreePagesRet freePages(NodeGetFreePagesArgs args) {
        Flags.none("virNodeGetFreePages", args.flags());
        int cells = host.cells().size();
        int first = startCell(args.startCell(), cells);
        int count = Math.min(Lists.room("cellCount", args.cellCount(), Limits.NODE_CELLS), cells - first);
        Lists.room("npages * cellCount", args.pages().length * count, Limits.NODE_CELLS);
        long[] counts = new long[args.pages().length * count];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = freePages(first + i / args.pages().length, args.pages()[i % args.pages().length]);
        }
        return new NodeGetFreePagesRet(counts);
    }

    private long freePages(int cell, int pageKib) {
        return host.freePages(cell, pageKib)
                .orElseThrow(() -> Errors.host(
                        ErrorCode.OPERATION_FAILED,
                        "page size %d is not available on node %d".formatted(Integer.toUnsignedLong(pageKib), cell)));
    }

    private NodeGetMemoryParametersRet memoryParameters(NodeGetMemoryParametersArgs args) {
        Flags.check("virNodeGetMemoryParameters", args.flags(), Flags.STRING_PARAMETERS);
        Map<String, Long> values = host.samePageMerging();
        List<TypedParam> params = SAME_PAGE_MERGING.stream()
                .filter(names -> values.containsKey(names.getValue()))
                .map(names -> parameter(names.getKey(), values.get(names.getValue())))
                .toList();
        return args.nparams() == 0
                ? new NodeGetMemoryParametersRet(List.of(), params.size())
                : new NodeGetMemoryParametersRet(
                        params.subList(0, Math.min(params.size(), Math.max(args.nparams(), 0))), params.size());
    }

    /** Settings are unsigned ints, counters are unsigned longs. */
    private static TypedParam parameter(String name, long value) {
        boolean setting = List.of("shm_pages_to_scan", "shm_sleep_millisecs", "shm_merge_across_nodes")
                .contains(name);
        return setting ? new TypedParam.UInt(name, (int) value) : new TypedParam.ULLong(name, value);
    }
}
