package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.List;

/** Addresses of PCI devices: four numbers, each with its own width. */
final class PciAddresses {
    /** @param max the largest value, by the width that the PCI specification gives the part */
    private record Part(String name, long max, String format, String shown) {}

    private static final List<Part> PARTS = List.of(
            new Part("domain", 0xffff, "0x%04x", "0xFFFF"),
            new Part("bus", 0xff, "0x%02x", "0xFF"),
            new Part("slot", 0x1f, "0x%02x", "0x1F"),
            new Part("function", 7, "0x%x", "7"));

    private PciAddresses() {}

    /** In libvirt's form, with all four parts. */
    static XmlElement normalise(XmlElement address) {
        XmlElement checked = address;
        for (Part part : PARTS) {
            String text = address.attribute(part.name(), "0");
            long number = LinkRules.number(text, 0xffffffffL);
            if (number < 0) {
                throw XmlException.invalidNumber(address, part.name(), text, null);
            }
            if (number > part.max()) {
                throw LinkRules.value("Invalid PCI address %s='%s', must be <= %s"
                        .formatted(part.name(), "0x%x".formatted(number), part.shown()));
            }
            checked = checked.with(part.name(), part.format().formatted(number));
        }
        return checked;
    }
}
