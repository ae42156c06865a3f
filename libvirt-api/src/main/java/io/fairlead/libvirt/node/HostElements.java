package io.fairlead.libvirt.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.xml.capabilities.HostElement;
import io.fairlead.xml.capabilities.HostElement.Pages;
import io.fairlead.xml.value.CpuSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Converts the machine's facts for the capabilities document. */
final class HostElements {
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    // The kernel's own values where firmware gives none (include/linux/topology.h).
    private static final int LOCAL_DISTANCE = 10;

    private static final int REMOTE_DISTANCE = 20;
    private static final long KIB = 1024;

    private HostElements() {}

    static HostElement of(HostFacts host) {
        List<HostFacts.Cell> cells = host.cells();
        List<Long> pageSizes = cells.stream()
                .flatMap(cell -> cell.pages().keySet().stream())
                .distinct()
                .sorted()
                .map(kib -> kib * KIB)
                .toList();
        return new HostElement(
                uuid(host),
                host.node().model(),
                pageSizes,
                false,
                cells.stream().map(cell -> cell(cell, cells)).toList());
    }

    /** Clients tell machines apart by this uuid. If the firmware gives none, a stable one is made. */
    private static UUID uuid(HostFacts host) {
        return host.uuid()
                .filter(text -> UUID_FORM.matcher(text).matches())
                .map(UUID::fromString)
                .orElseGet(() -> UUID.nameUUIDFromBytes(host.hostname().getBytes(UTF_8)));
    }

    private static HostElement.Cell cell(HostFacts.Cell cell, List<HostFacts.Cell> cells) {
        List<Pages> pages = cell.pages().entrySet().stream()
                .map(entry -> new Pages(entry.getKey() * KIB, entry.getValue()))
                .sorted((a, b) -> Long.compare(a.sizeBytes(), b.sizeBytes()))
                .toList();
        List<Integer> distances =
                cells.stream().map(other -> distance(cell, other.id())).toList();
        return new HostElement.Cell(
                cell.id(),
                cell.memoryKib() * KIB,
                pages,
                distances,
                cell.cpus().stream().map(HostElements::cpu).toList());
    }

    private static int distance(HostFacts.Cell cell, int other) {
        return cell.distances().getOrDefault(other, cell.id() == other ? LOCAL_DISTANCE : REMOTE_DISTANCE);
    }

    private static HostElement.Cpu cpu(HostFacts.Cpu cpu) {
        IntStream siblings = cpu.siblings().stream();
        return new HostElement.Cpu(cpu.id(), cpu.socket(), cpu.die(), cpu.core(), CpuSet.of(siblings.toArray()));
    }
}
