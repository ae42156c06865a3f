package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Disks: a type, a target, and the bus its name implies. */
final class DiskRules {
    private static final Set<String> TYPES =
            Set.of("file", "block", "dir", "network", "volume", "nvme", "vhostuser", "vhostvdpa");

    private static final Map<String, String> BUSES = Map.of(
            "fd", "fdc",
            "hd", "ide",
            "sd", "scsi",
            "vd", "virtio",
            "xvd", "xen",
            "ubd", "uml");

    /** Devices without a removable medium, and the attribute that names the medium. */
    private static final Set<String> WITH_SOURCE = Set.of("disk", "lun");

    private static final Map<String, String> SOURCE = Map.of("file", "file", "block", "dev");

    private DiskRules() {}

    /** Refuses two disks of one name. */
    static void checkTargets(XmlElement devices) {
        Map<String, String> sources = new HashMap<>();
        for (XmlElement disk : devices == null ? List.<XmlElement>of() : devices.elements("disk")) {
            String target =
                    disk.child("target") == null ? "" : disk.child("target").attribute("dev", "");
            String other = sources.put(target, source(disk));
            if (other != null && !target.isEmpty()) {
                throw XmlException.malformed(
                        "target '%s' duplicated for disk sources '%s' and '%s'".formatted(target, other, source(disk)));
            }
        }
    }

    static XmlElement disk(XmlElement disk) {
        String type = disk.attribute("type", "file");
        if (!TYPES.contains(type)) {
            throw XmlException.invalidAttribute(disk, "type", type);
        }
        String name = Optional.ofNullable(disk.child("target"))
                .map(target -> target.attribute("dev"))
                .orElse(null);
        if (name == null) {
            throw new XmlException(XmlErrorKind.NO_TARGET, "missing target information for device " + source(disk));
        }
        String bus = bus(name);
        if (type.equals("volume")) {
            checkVolume(disk.child("source"), name);
        }
        String path = SOURCE.get(type);
        if (path != null && WITH_SOURCE.contains(disk.attribute("device", "disk"))) {
            XmlElement source = disk.child("source");
            if (source == null || source.attribute(path, "").isEmpty()) {
                throw new XmlException(XmlErrorKind.NO_SOURCE, "missing source information for device " + name);
            }
        }
        XmlElement driver = disk.child("driver");
        if (driver != null && driver.attribute("type", "-").isEmpty()) {
            throw XmlException.unsupported("unknown driver format value ''");
        }
        return disk.with("type", type)
                .with("device", disk.attribute("device", "disk"))
                .mapChild("target", target -> target.with("bus", target.attribute("bus", bus)));
    }

    private static void checkVolume(XmlElement source, String target) {
        if (source == null || source.attributes().isEmpty()) {
            throw new XmlException(XmlErrorKind.NO_SOURCE, "missing source information for device " + target);
        }
        if (!source.has("pool") || !source.has("volume")) {
            throw XmlException.malformed("'pool' and 'volume' must be specified together for 'pool' type source");
        }
    }

    private static String source(XmlElement disk) {
        XmlElement source = disk.child("source");
        return source == null ? "" : source.attribute("file", source.attribute("dev", ""));
    }

    private static String bus(String name) {
        return BUSES.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow(
                        () -> XmlException.malformed("Unknown disk name '%s' and no address specified".formatted(name)))
                .getValue();
    }
}
