package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Map;
import java.util.Set;

/** Host devices: a mode, a type, and the source it needs. */
final class HostDeviceRules {
    /** The child of the source that each type of mode capabilities needs, and libvirt's name for it. */
    private static final Map<String, String[]> SOURCE = Map.of(
            "storage", new String[] {"block", "storage device"},
            "misc", new String[] {"char", "character device"},
            "net", new String[] {"interface", "net device"});

    private static final Set<String> SUBSYSTEM_TYPES = Set.of("usb", "pci", "scsi", "scsi_host", "mdev");

    private HostDeviceRules() {}

    static XmlElement hostDevice(XmlElement device) {
        String mode = device.attribute("mode", "subsystem");
        String type = device.attribute("type");
        if (!mode.equals("subsystem") && !mode.equals("capabilities")) {
            throw XmlException.unsupported("unknown hostdev mode '%s'".formatted(mode));
        }
        if (mode.equals("capabilities")) {
            checkCapability(device, type);
            return device.with("mode", mode).mapElements(AddressRules::child);
        }
        if (type == null) {
            throw XmlException.malformed("missing source address type");
        }
        if (!SUBSYSTEM_TYPES.contains(type)) {
            throw XmlException.unsupported("unknown host device source address type '%s'".formatted(type));
        }
        if (device.child("source") == null) {
            throw XmlException.malformed("Missing <source> element in hostdev device");
        }
        return device.with("mode", mode).with("managed", device.attribute("managed", "no"));
    }

    private static void checkCapability(XmlElement device, String type) {
        if (type == null) {
            throw XmlException.malformed("missing source capability type");
        }
        String[] needed = SOURCE.get(type);
        if (needed == null) {
            throw XmlException.unsupported("unknown host device source address type '%s'".formatted(type));
        }
        XmlElement source = device.child("source");
        if (source == null) {
            throw XmlException.malformed("Missing <source> element in hostdev device");
        }
        if (source.childText(needed[0]).orElse("").isEmpty()) {
            throw XmlException.malformed("Missing <%s> element in hostdev %s".formatted(needed[0], needed[1]));
        }
    }
}
