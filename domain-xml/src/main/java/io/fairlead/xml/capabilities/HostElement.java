package io.fairlead.xml.capabilities;

import io.fairlead.xml.value.CpuSet;
import java.util.List;
import java.util.UUID;

/**
 * Facts of the host.
 *
 * @param uuid of the host, not of a domain
 * @param arch the architecture by libvirt's name: x86_64, aarch64
 * @param pageSizesBytes the processor's page sizes, ascending
 * @param iommu whether devices can be handed to virtual machines; containers need none
 */
public record HostElement(UUID uuid, String arch, List<Long> pageSizesBytes, boolean iommu, List<Cell> cells) {
    /**
     * One NUMA node; a host without NUMA has one, 0.
     *
     * @param pages how many pages of each size it has
     * @param distances from this node to each, in the order of their ids
     */
    public record Cell(int id, long memoryBytes, List<Pages> pages, List<Integer> distances, List<Cpu> cpus) {
        public Cell {
            pages = List.copyOf(pages);
            distances = List.copyOf(distances);
            cpus = List.copyOf(cpus);
        }
    }

    public record Pages(long sizeBytes, long count) {}

    /** One logical processor and those that share its core, itself among them. */
    public record Cpu(int id, int socketId, int dieId, int coreId, CpuSet siblings) {}

    public HostElement {
        pageSizesBytes = List.copyOf(pageSizesBytes);
        cells = List.copyOf(cells);
    }
}
