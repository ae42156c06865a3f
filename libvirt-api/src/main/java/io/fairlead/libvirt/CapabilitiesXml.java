package io.fairlead.libvirt;

import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code virsh capabilities} shows: the machine, its topology, and the guests it runs. */
final class CapabilitiesXml {
    /** What definitions name as their emulator. Nothing of that name is run; clients copy it from here. */
    static final String EMULATOR = "/usr/lib/libvirt/libvirt_lxc";

    private final HostFacts host;

    CapabilitiesXml(HostFacts host) {
        this.host = host;
    }

    String text() {
        XmlText xml = new XmlText();
        String architecture = host.node().model();
        xml.begin("capabilities");
        addHost(xml, architecture, host.cells());
        Architectures.runnableOn(architecture).forEach((arch, bits) -> addGuest(xml, arch, bits));
        return xml.end().toString();
    }

    private void addHost(XmlText xml, String architecture, List<HostFacts.Cell> cells) {
        xml.begin("host");
        host.uuid().ifPresent(uuid -> xml.element("uuid", uuid));
        xml.begin("cpu").element("arch", architecture);
        pageSizes(cells).forEach(size -> xml.empty("pages", "unit", "KiB", "size", size));
        xml.end();
        xml.empty("power_management").empty("iommu", "support", "no");
        xml.begin("topology").begin("cells", "num", cells.size());
        cells.forEach(cell -> addCell(xml, cell));
        xml.end().end();
        xml.begin("secmodel").element("model", "none").element("doi", "0").end();
        xml.end();
    }

    private static TreeSet<Integer> pageSizes(List<HostFacts.Cell> cells) {
        return cells.stream()
                .flatMap(cell -> cell.pages().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void addCell(XmlText xml, HostFacts.Cell cell) {
        xml.begin("cell", "id", cell.id());
        xml.element("memory", cell.memoryKib(), "unit", "KiB");
        new TreeSet<>(cell.pages().keySet())
                .forEach(size -> xml.element("pages", cell.pages().get(size), "unit", "KiB", "size", size));
        if (!cell.distances().isEmpty()) {
            xml.begin("distances");
            new TreeSet<>(cell.distances().keySet())
                    .forEach(other -> xml.empty(
                            "sibling", "id", other, "value", cell.distances().get(other)));
            xml.end();
        }
        xml.begin("cpus", "num", cell.cpus().size());
        cell.cpus()
                .forEach(cpu -> xml.empty(
                        "cpu",
                        "id",
                        cpu.id(),
                        "socket_id",
                        cpu.socket(),
                        "die_id",
                        cpu.die(),
                        "core_id",
                        cpu.core(),
                        "siblings",
                        ranges(cpu.siblings())));
        xml.end().end();
    }

    /** As libvirt writes sets of CPUs: 0-3,8. */
    static String ranges(BitSet set) {
        StringBuilder text = new StringBuilder();
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from) - 1;
            text.append(text.isEmpty() ? "" : ",").append(from);
            if (to > from) {
                text.append('-').append(to);
            }
            from = set.nextSetBit(to + 1);
        }
        return text.toString();
    }

    private static void addGuest(XmlText xml, String architecture, int bits) {
        xml.begin("guest").element("os_type", "exe");
        xml.begin("arch", "name", architecture).element("wordsize", bits).element("emulator", EMULATOR);
        xml.empty("domain", "type", "lxc").end().end();
    }
}
