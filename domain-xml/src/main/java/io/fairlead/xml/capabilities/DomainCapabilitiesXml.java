package io.fairlead.xml.capabilities;

import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;

/** The answer of virConnectGetDomainCapabilities; libvirt's own LXC driver has none. */
public final class DomainCapabilitiesXml {
    private DomainCapabilitiesXml() {}

    /**
     * The document, valid against domaincaps.rng.
     *
     * @param emulator, arch, virtType the client's wishes, null for the default
     * @param vcpusMax the most a definition may have
     * @throws XmlException INVALID_ARG for values that a container can't have
     */
    public static String of(DomainDefaults defaults, String emulator, String arch, String virtType, int vcpusMax) {
        String wantedArch = arch == null ? defaults.arch() : arch;
        if (virtType != null && !virtType.equals("lxc")) {
            throw XmlException.invalidArgument("unsupported virttype=" + virtType);
        }
        if (!defaults.guestArchs().contains(wantedArch)) {
            throw XmlException.invalidArgument("unsupported arch=" + wantedArch);
        }
        XmlElement capabilities = XmlElement.of("domainCapabilities")
                .plus(XmlElement.of("path", emulator == null ? defaults.emulator() : emulator))
                .plus(XmlElement.of("domain", "lxc"))
                .plus(XmlElement.of("arch", wantedArch))
                .plus(XmlElement.of("vcpu").with("max", Integer.toString(vcpusMax)))
                .plus(XmlElement.of("iothreads").with("supported", "no"))
                .plus(supported("os", choices("firmware")))
                .plus(cpu())
                .plus(devices())
                .plus(XmlElement.of("features"));
        return XmlWriter.document(capabilities);
    }

    private static XmlElement devices() {
        return XmlElement.of("devices")
                .plus(supported("disk", choices("diskDevice", "disk"), choices("bus", "ide", "scsi", "virtio")))
                .plus(unsupported("graphics"))
                .plus(unsupported("video"))
                .plus(supported(
                        "hostdev",
                        choices("mode", "subsystem", "capabilities"),
                        choices("subsysType", "usb"),
                        choices("capsType", "storage", "misc", "net")))
                .plus(unsupported("rng"))
                .plus(supported("filesystem", choices("driverType", "path", "loop", "nbd")))
                .plus(unsupported("tpm"))
                .plus(unsupported("redirdev"))
                .plus(unsupported("channel"));
    }

    /** Containers see the host's processor; there is nothing to choose. */
    private static XmlElement cpu() {
        XmlElement cpu = XmlElement.of("cpu");
        for (String mode : List.of("host-passthrough", "maximum", "host-model", "custom")) {
            cpu = cpu.plus(XmlElement.of("mode").with("name", mode).with("supported", "no"));
        }
        return cpu;
    }

    private static XmlElement unsupported(String device) {
        return XmlElement.of(device).with("supported", "no");
    }

    private static XmlElement supported(String name, XmlElement... enums) {
        XmlElement element = XmlElement.of(name).with("supported", "yes");
        for (XmlElement choices : enums) {
            element = element.plus(choices);
        }
        return element;
    }

    private static XmlElement choices(String name, String... values) {
        XmlElement choices = XmlElement.of("enum").with("name", name);
        for (String value : values) {
            choices = choices.plus(XmlElement.of("value", value));
        }
        return choices;
    }
}
