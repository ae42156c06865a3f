package io.fairlead.libvirt.node;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts about the host machine, for clients. Methods may read the kernel's files and may be called from any thread,
 * except {@link #kernelVersion()} and {@link #cpuMap()}, which must not block.
 */
public interface HostFacts {
    /** The start of uname -r, such as 6.1.0. */
    record KernelVersion(int major, int minor, int micro) {
        /** The kernel's version as a number, which libvirt's LXC driver reports as its own version. */
        public long number() {
            return major * 1_000_000L + minor * 1000L + micro;
        }
    }

    /**
     * The machine's figures in {@code virsh nodeinfo}.
     *
     * @param model the architecture, such as x86_64
     * @param mhz 0 when unknown
     * @param sockets per NUMA cell
     * @param cores per socket
     * @param threads per core
     */
    record Node(String model, long memoryKib, int cpus, int mhz, int cells, int sockets, int cores, int threads) {}

    /** The CPUs that are present, 0 to {@code present - 1}, and which of them are online. */
    record CpuMap(int present, BitSet online) {}

    /** Time spent since boot. */
    record CpuTimes(long kernelNanos, long userNanos, long idleNanos, long iowaitNanos) {}

    record Memory(long totalKib, long freeKib, long buffersKib, long cachedKib) {}

    /**
     * SMBIOS facts under the kernel's names (/sys/class/dmi/id, without prefix): vendor, version, date and release of
     * the BIOS; vendor, name, version, serial, uuid, sku and family of the system; vendor, name, version, serial and
     * asset_tag of the board.
     */
    record Firmware(Map<String, String> bios, Map<String, String> system, Map<String, String> baseBoard) {}

    /** One CPU's place; {@code siblings} are the CPUs of its core, itself included. */
    record Cpu(int id, int socket, int die, int core, BitSet siblings) {}

    /**
     * One NUMA cell.
     *
     * @param pages number of the cell's pages, by page size in KiB
     * @param distances distance by cell; 10 means local
     */
    record Cell(int id, long memoryKib, Map<Integer, Long> pages, Map<Integer, Integer> distances, List<Cpu> cpus) {}

    String hostname();

    /** The machine's own identity (DMI product uuid, else /etc/machine-id), if it has one. */
    Optional<String> uuid();

    KernelVersion kernelVersion();

    Node node();

    CpuMap cpuMap();

    /** Times of one CPU, or of all together for -1; empty when there is no such CPU. */
    Optional<CpuTimes> cpuTimes(int cpu);

    Memory memory();

    /** The NUMA cells in the order of their ids; at least one. */
    List<Cell> cells();

    /** Bytes free in each cell, in the order of {@link #cells()}. */
    List<Long> freeBytesOfCells();

    /** Free pages of a size in a cell; empty when the kernel has no such size. */
    Optional<Long> freePages(int cell, int pageKib);

    /** The kernel's same-page merging, by file name below /sys/kernel/mm/ksm; empty when the kernel has none. */
    Map<String, Long> samePageMerging();

    /** The firmware's facts; maps are empty if the firmware gives none or they cannot be read. */
    Firmware firmware();
}
