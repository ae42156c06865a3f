package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Set;

/** Consoles and serial ports: numbered in their order; a terminal's path belongs to one run and is not stored. */
final class CharacterRules {
    private static final Set<String> TYPES = Set.of(
            "null",
            "vc",
            "pty",
            "dev",
            "file",
            "pipe",
            "stdio",
            "udp",
            "tcp",
            "unix",
            "spicevmc",
            "spiceport",
            "nmdm",
            "qemu-vdagent",
            "dbus");

    /** virDomainChrConsoleTarget and virDomainChrSerialTarget. */
    private static final Set<String> CONSOLE_TARGETS =
            Set.of("none", "serial", "xen", "uml", "virtio", "lxc", "openvz", "sclp", "sclplm");

    private static final Set<String> SERIAL_TARGETS = Set.of(
            "none",
            "isa-serial",
            "usb-serial",
            "pci-serial",
            "spapr-vio-serial",
            "system-serial",
            "sclp-serial",
            "isa-debug");

    private CharacterRules() {}

    static XmlElement console(XmlElement console, int port) {
        checkTarget(console, CONSOLE_TARGETS);
        return withoutTerminal(typed(console))
                .mapChild("target", target -> target.with("type", target.attribute("type", "lxc"))
                        .with("port", Integer.toString(port)));
    }

    static XmlElement serial(XmlElement serial, int port) {
        checkTarget(serial, SERIAL_TARGETS);
        return withoutTerminal(typed(serial))
                .mapChild("target", target -> target.with("port", target.attribute("port", Integer.toString(port))));
    }

    private static void checkTarget(XmlElement device, Set<String> types) {
        XmlElement target = device.child("target");
        if (target == null) {
            return;
        }
        String type = target.attribute("type");
        if (type != null && !types.contains(type)) {
            throw XmlException.unsupported("unknown target type '%s' specified for character device".formatted(type));
        }
        String port = target.attribute("port", "0");
        if (!port.matches("[0-9]{1,10}")) {
            throw XmlException.malformed("Invalid port number: " + port);
        }
    }

    private static XmlElement typed(XmlElement element) {
        String type = element.attribute("type", "pty");
        if (!TYPES.contains(type)) {
            throw XmlException.unsupported("unknown type presented to host for character device: " + type);
        }
        XmlElement log = element.child("log");
        if (log != null && !log.attribute("append", "off").matches("on|off|")) {
            throw XmlException.invalidAttribute(log, "append", log.attribute("append"));
        }
        return element.with("type", type);
    }

    private static XmlElement withoutTerminal(XmlElement element) {
        return element.attribute("type").equals("pty")
                ? element.without("tty").minus(child -> child.is("source"))
                : element;
    }
}
