package io.fairlead.xml.domain.model;

import java.util.Optional;
import java.util.UUID;

/**
 * Everything of a definition that has an effect on a container.
 *
 * @param memoryBytes the most that may ever be given, {@code <memory>}
 * @param currentMemoryBytes the limit at start, {@code <currentMemory>}
 * @param partition the cgroup partition, starting with a slash, if the definition names one
 * @param namespaces which namespaces are joined instead of made
 */
public record DomainDefinition(
        String name,
        UUID uuid,
        Optional<String> title,
        Optional<String> description,
        long memoryBytes,
        long currentMemoryBytes,
        MemoryTune memoryTune,
        Vcpus vcpus,
        CpuTune cpuTune,
        Optional<NumaTune> numaTune,
        BlkioTune blkioTune,
        Optional<String> partition,
        IdMap idMap,
        GuestOs os,
        Features features,
        Clock clock,
        LifecyclePolicy lifecycle,
        SharedNamespaces namespaces,
        Devices devices) {}
