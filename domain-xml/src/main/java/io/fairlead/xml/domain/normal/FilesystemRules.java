package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.ByteSize;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** File systems: a source of the right kind, a target, sizes in one unit. */
final class FilesystemRules {
    private static final Set<String> ACCESS_MODES = Set.of("passthrough", "mapped", "squash");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /** Which attribute of the source a type needs. */
    private static final Map<String, String> SOURCE =
            Map.of("mount", "dir", "bind", "dir", "file", "file", "block", "dev", "template", "name");

    private FilesystemRules() {}

    static XmlElement filesystem(XmlElement filesystem) {
        String type = filesystem.attribute("type", "mount");
        String accessMode = filesystem.attribute("accessmode", "passthrough");
        if (!SOURCE.containsKey(type) && !type.equals("ram") && !type.equals("volume")) {
            throw XmlException.invalidAttribute(filesystem, "type", type);
        }
        if (!ACCESS_MODES.contains(accessMode)) {
            throw XmlException.invalidAttribute(filesystem, "accessmode", accessMode);
        }
        XmlElement driver = filesystem.child("driver");
        if (driver != null && driver.attribute("format", "-").isEmpty()) {
            throw XmlException.unsupported("unknown driver format value ''");
        }
        XmlElement typed = filesystem.with("type", type).with("accessmode", accessMode);
        typed = octal(octal(typed, "fmode"), "dmode");
        typed = bytes(bytes(typed, "space_hard_limit"), "space_soft_limit");
        return withSource(typed, type);
    }

    private static XmlElement withSource(XmlElement filesystem, String type) {
        XmlElement target = filesystem.child("target");
        String dir = target == null ? "" : target.attribute("dir", "");
        XmlElement source = filesystem.child("source");
        if (type.equals("ram")) {
            requireTarget(dir, "ram");
            return ram(filesystem, source == null ? XmlElement.of("source") : source);
        }
        if (type.equals("volume")) {
            if (source == null || !source.has("pool") || !source.has("volume")) {
                throw XmlException.malformed("'pool' and 'volume' must be specified together for 'pool' type source");
            }
            requireTarget(dir, source.attribute("volume"));
            return filesystem;
        }
        String path = source == null ? "" : source.attribute(SOURCE.get(type), "");
        if (path.isEmpty()) {
            throw new XmlException(XmlErrorKind.NO_SOURCE, "missing source information for device " + dir);
        }
        requireTarget(dir, path);
        return filesystem;
    }

    private static void requireTarget(String dir, String source) {
        if (dir.isEmpty()) {
            throw new XmlException(XmlErrorKind.NO_TARGET, "missing target information for device " + source);
        }
    }

    private static XmlElement ram(XmlElement filesystem, XmlElement source) {
        String usage = source.attribute("usage");
        if (usage == null) {
            throw XmlException.malformed("missing 'usage' attribute for RAM filesystem");
        }
        if (!DIGITS.matcher(usage).matches()) {
            throw XmlException.malformed("cannot parse usage '%s' for RAM filesystem".formatted(usage));
        }
        long bytes = ByteSize.bytes(Long.parseLong(usage), source.attribute("units", "KiB"));
        return filesystem.mapChild("source", old -> source.with("usage", Long.toString(bytes / ByteSize.KIB))
                .with("units", "KiB"));
    }

    private static XmlElement octal(XmlElement filesystem, String name) {
        String mode = filesystem.attribute(name);
        if (mode == null) {
            return filesystem;
        }
        if (!mode.matches("[0-7]{1,4}")) {
            throw XmlException.invalidNumber(filesystem, name, mode, null);
        }
        return filesystem.with(name, "%04o".formatted(Integer.parseInt(mode, 8)));
    }

    private static XmlElement bytes(XmlElement filesystem, String name) {
        XmlElement limit = filesystem.child(name);
        if (limit == null) {
            return filesystem;
        }
        if (!DIGITS.matcher(limit.text()).matches()) {
            throw XmlException.malformed(
                            "Invalid value '%s' for element or attribute './%s[1]'".formatted(limit.text(), name))
                    .from(XmlOrigin.XML);
        }
        long bytes = ByteSize.bytes(Long.parseLong(limit.text()), limit.attribute("unit", "bytes"));
        return filesystem.mapChild(
                name, old -> bytes == 0 ? null : old.with("unit", "bytes").withText(Long.toString(bytes)));
    }
}
