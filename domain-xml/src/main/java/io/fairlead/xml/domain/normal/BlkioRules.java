package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Block rates: devices with a path, once each; zeros mean nothing and go. */
final class BlkioRules {
    private static final List<String> RATES =
            List.of("weight", "read_iops_sec", "write_iops_sec", "read_bytes_sec", "write_bytes_sec");

    /** Weights are 32-bit on the wire, operations per second too; bytes are 64-bit, of which one is the sign here. */
    private static final int DIGITS_MAX = 18;

    private BlkioRules() {}

    static XmlElement apply(XmlElement domain) {
        XmlElement tune = domain.child("blkiotune");
        if (tune == null) {
            return domain;
        }
        Set<String> paths = new HashSet<>();
        XmlElement checked = tune.mapElements(child -> {
            if (child.is("device")) {
                return device(child, paths);
            }
            return child.is("weight") ? rate(child) : child;
        });
        return domain.mapChild("blkiotune", old -> TreeChanges.isEmpty(checked) ? null : checked);
    }

    private static XmlElement device(XmlElement device, Set<String> paths) {
        String path = device.childText("path").orElse("");
        if (path.isEmpty()) {
            throw XmlException.unsupported("missing per-device path");
        }
        if (!paths.add(path)) {
            throw XmlException.unsupported("duplicate blkio device path '%s'".formatted(path));
        }
        XmlElement limited = device.mapElements(child -> RATES.contains(child.name()) ? rate(child) : child);
        return limited.elements().size() == 1 ? null : limited;
    }

    private static XmlElement rate(XmlElement rate) {
        String text = rate.text();
        if (text.isEmpty() || text.length() > DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw XmlException.unsupported("could not parse %s %s".formatted(words(rate.name()), text));
        }
        return Long.parseLong(text) == 0 ? null : rate;
    }

    private static String words(String name) {
        return name.equals("weight") ? name : name.replace("_sec", "").replace('_', ' ') + " sec";
    }
}
