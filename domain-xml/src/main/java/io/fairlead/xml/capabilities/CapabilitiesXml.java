package io.fairlead.xml.capabilities;

import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;

/** The answer of virConnectGetCapabilities. */
public final class CapabilitiesXml {
    private CapabilitiesXml() {}

    /** The document, valid against capability.rng. */
    public static String of(HostElement host, DomainDefaults defaults) {
        XmlElement capabilities = XmlElement.of("capabilities").plus(host(host));
        for (String arch : defaults.guestArchs()) {
            capabilities = capabilities.plus(guest(arch, defaults.emulator()));
        }
        return XmlWriter.document(capabilities);
    }

    private static XmlElement host(HostElement host) {
        XmlElement cpu = XmlElement.of("cpu").plus(XmlElement.of("arch", host.arch()));
        for (long size : host.pageSizesBytes()) {
            cpu = cpu.plus(kib(XmlElement.of("pages")).with("size", kib(size)));
        }
        return XmlElement.of("host")
                .plus(XmlElement.of("uuid", host.uuid().toString()))
                .plus(cpu)
                .plus(XmlElement.of("power_management"))
                .plus(XmlElement.of("iommu").with("support", host.iommu() ? "yes" : "no"))
                .plus(topology(host))
                .plus(XmlElement.of("secmodel")
                        .plus(XmlElement.of("model", "none"))
                        .plus(XmlElement.of("doi", "0")));
    }

    private static XmlElement topology(HostElement host) {
        XmlElement cells =
                XmlElement.of("cells").with("num", Integer.toString(host.cells().size()));
        for (HostElement.Cell cell : host.cells()) {
            cells = cells.plus(cell(cell));
        }
        return XmlElement.of("topology").plus(cells);
    }

    private static XmlElement cell(HostElement.Cell cell) {
        XmlElement element = XmlElement.of("cell")
                .with("id", Integer.toString(cell.id()))
                .plus(kib(XmlElement.of("memory", kib(cell.memoryBytes()))));
        for (HostElement.Pages pages : cell.pages()) {
            element = element.plus(
                    kib(XmlElement.of("pages", Long.toString(pages.count()))).with("size", kib(pages.sizeBytes())));
        }
        XmlElement distances = XmlElement.of("distances");
        for (int id = 0; id < cell.distances().size(); id++) {
            distances = distances.plus(XmlElement.of("sibling")
                    .with("id", Integer.toString(id))
                    .with("value", Integer.toString(cell.distances().get(id))));
        }
        XmlElement cpus =
                XmlElement.of("cpus").with("num", Integer.toString(cell.cpus().size()));
        for (HostElement.Cpu cpu : cell.cpus()) {
            cpus = cpus.plus(XmlElement.of("cpu")
                    .with("id", Integer.toString(cpu.id()))
                    .with("socket_id", Integer.toString(cpu.socketId()))
                    .with("die_id", Integer.toString(cpu.dieId()))
                    .with("core_id", Integer.toString(cpu.coreId()))
                    .with("siblings", cpu.siblings().toString()));
        }
        XmlElement measured = cell.distances().isEmpty() ? element : element.plus(distances);
        return measured.plus(cpus);
    }

    private static XmlElement guest(String arch, String emulator) {
        boolean wide = arch.endsWith("64") || arch.equals("s390x") || arch.equals("ppc64le");
        return XmlElement.of("guest")
                .plus(XmlElement.of("os_type", "exe"))
                .plus(XmlElement.of("arch")
                        .with("name", arch)
                        .plus(XmlElement.of("wordsize", wide ? "64" : "32"))
                        .plus(XmlElement.of("emulator", emulator))
                        .plus(XmlElement.of("domain").with("type", "lxc")));
    }

    private static XmlElement kib(XmlElement element) {
        return element.with("unit", "KiB");
    }

    private static String kib(long bytes) {
        return Long.toString(bytes / 1024);
    }
}
