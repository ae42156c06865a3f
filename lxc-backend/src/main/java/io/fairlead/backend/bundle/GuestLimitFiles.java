package io.fairlead.backend.bundle;

import java.util.List;

/**
 * Files through which the owner of a v2 group can lift its limits. A guest that may write to its groups, as systemd
 * must, gets these files read-only where nothing else protects them (cgroup-v2.rst, "Delegation").
 */
final class GuestLimitFiles {
    /** A runtime skips files that the kernel does not have. */
    static final List<String> PATHS = List.of(
                    "cgroup.freeze",
                    "cgroup.kill",
                    "cgroup.max.depth",
                    "cgroup.max.descendants",
                    "cpu.idle",
                    "cpu.max",
                    "cpu.max.burst",
                    "cpu.uclamp.max",
                    "cpu.uclamp.min",
                    "cpu.weight",
                    "cpu.weight.nice",
                    "cpuset.cpus",
                    "cpuset.cpus.exclusive",
                    "cpuset.cpus.partition",
                    "cpuset.mems",
                    "io.bfq.weight",
                    "io.cost.model",
                    "io.cost.qos",
                    "io.latency",
                    "io.max",
                    "io.prio.class",
                    "io.weight",
                    "memory.high",
                    "memory.low",
                    "memory.max",
                    "memory.min",
                    "memory.swap.high",
                    "memory.swap.max",
                    "memory.zswap.max",
                    "misc.max",
                    "pids.max",
                    "rdma.max")
            .stream()
            .map(file -> "/sys/fs/cgroup/" + file)
            .toList();

    private GuestLimitFiles() {}
}
