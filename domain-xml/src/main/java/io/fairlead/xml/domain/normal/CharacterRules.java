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

    private CharacterRules() {}

    static XmlElement console(XmlElement console, int port) {
        return withoutTerminal(typed(console))
                .mapChild("target", target -> target.with("type", target.attribute("type", "lxc"))
                        .with("port", Integer.toString(port)));
    }

    static XmlElement serial(XmlElement serial, int port) {
        return withoutTerminal(typed(serial))
                .mapChild("target", target -> target.with("port", target.attribute("port", Integer.toString(port))));
    }

    private static XmlElement typed(XmlElement element) {
        String type = element.attribute("type", "pty");
        if (!TYPES.contains(type)) {
            throw XmlException.unsupported("unknown type presented to host for character device: " + type);
        }
        return element.with("type", type);
    }

    private static XmlElement withoutTerminal(XmlElement element) {
        return element.attribute("type").equals("pty")
                ? element.without("tty").minus(child -> child.is("source"))
                : element;
    }
}
