package io.fairlead.libvirt;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;

/**
 * What {@code virsh domcapabilities} shows: what of a definition a container can have. The features and devices that the
 * schema knows are those of virtual machines, so that nearly all of them are named as not supported.
 */
final class DomainCapabilitiesXml {
    private final HostFacts host;

    DomainCapabilitiesXml(HostFacts host) {
        this.host = host;
    }

    /** Each argument narrows down what is asked about; null leaves it to us. */
    String text(String emulator, String arch, String machine, String type) {
        String architecture = arch == null ? host.node().model() : arch;
        require("virttype", type, "lxc");
        require("emulatorbin", emulator, CapabilitiesXml.EMULATOR);
        if (machine != null) {
            throw refused("machine", machine, "a container has no machine type");
        }
        if (!Architectures.runnableOn(host.node().model()).containsKey(architecture)) {
            throw refused("arch", architecture, "this machine cannot run it");
        }
        return print(architecture);
    }

    private static void require(String what, String asked, String offered) {
        if (asked != null && !asked.equals(offered)) {
            throw refused(what, asked, "only %s is offered".formatted(offered));
        }
    }

    private static EngineException refused(String what, String asked, String why) {
        return new EngineException(
                ErrorCode.INVALID_ARG, "cannot describe domains with %s '%s': %s".formatted(what, asked, why));
    }

    private String print(String architecture) {
        XmlText xml = new XmlText();
        xml.begin("domainCapabilities");
        xml.element("path", CapabilitiesXml.EMULATOR).element("domain", "lxc").element("arch", architecture);
        xml.empty("vcpu", "max", host.cpuMap().present());
        xml.empty("os", "supported", "no");
        xml.begin("devices");
        xml.empty("disk", "supported", "no");
        xml.empty("graphics", "supported", "no");
        xml.empty("video", "supported", "no");
        xml.empty("hostdev", "supported", "no");
        xml.end();
        xml.begin("features").empty("gic", "supported", "no").end();
        return xml.end().toString();
    }
}
