package io.fairlead.xml.storage;

import io.fairlead.xml.tree.EmptyValues;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.tree.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The required parts of a pool's definition, and the order in which libvirt prints them (storage_conf.c). */
final class PoolRules {
    /** Types whose definition names a folder as the target. */
    private static final Set<String> WITH_TARGET = Set.of("dir", "fs", "netfs", "vstorage");

    /** The namespace of mount options (storagepool.rng). */
    static final String MOUNT_OPTIONS = "http://libvirt.org/schemas/storagepool/fs/1.0";

    private static final Set<String> WITH_FORMAT = Set.of("fs", "netfs");
    /** Types whose source has a name; a pool without a name of its own gets that one. */
    private static final Set<String> NAMED_BY_SOURCE =
            Set.of("logical", "rbd", "sheepdog", "gluster", "zfs", "vstorage");

    /** Parts of a source that have no meaning without an attribute, and that libvirt then does not print. */
    private static final Set<String> HOLLOW = Set.of("vendor", "product", "protocol");

    /** As libvirt 9.0's storage driver answers. */
    private static final EmptyValues EMPTY_VALUES = EmptyValues.of(
            """
            pool || name uuid | type |
            pool/source || name ||
            source/format | type |||
            source/protocol | ver |||
            source/vendor | name |||
            source/product | name |||
            pool/target || path ||
            target/permissions || mode label ||
            """);

    private static final Set<String> NUMBERS = Set.of("capacity", "allocation", "available");
    private static final Set<String> PLACED = Set.of("name", "uuid", "source", "target");

    private PoolRules() {}

    static XmlElement normalise(XmlElement root, Supplier<UUID> uuids) {
        if (!root.is("pool")) {
            throw XmlException.wrongRoot("pool", root);
        }
        String type = root.attribute("type");
        if (type == null) {
            throw XmlException.malformed("Missing required attribute 'type' in element 'pool'")
                    .from(XmlOrigin.XML);
        }
        if (!StoragePoolTypes.ALL.contains(type)) {
            throw XmlException.malformed("Invalid value for attribute 'type' in element 'pool': '%s'.".formatted(type))
                    .from(XmlOrigin.XML);
        }
        XmlElement tree = EMPTY_VALUES
                .apply(root.minus(child -> NUMBERS.contains(child.name())))
                .mapElements(child -> child.is("source") ? withoutHollow(child) : child);
        String name = name(tree, type);
        tree = tree.mapChild("name", element -> element.withText(name));
        UUID uuid = uuid(tree, uuids);
        tree = tree.mapChild("uuid", element -> element.withText(uuid.toString()));
        if (WITH_FORMAT.contains(type)) {
            tree = tree.mapChild("source", PoolRules::withFormat);
        }
        requireProtocol(tree.path("source", "protocol"), type);
        requirePort(tree.path("source", "host"));
        tree.elements().stream()
                .filter(element -> element.is(MOUNT_OPTIONS, "mount_opts"))
                .forEach(PoolRules::requireNames);
        PermissionsElement.read(tree.child("target"));
        return withTarget(tree, type);
    }

    private static XmlElement withoutHollow(XmlElement source) {
        return source.minus(child -> HOLLOW.contains(child.name())
                && child.attributes().isEmpty()
                && child.elements().isEmpty());
    }

    private static String name(XmlElement tree, String type) {
        XmlElement sourceName = NAMED_BY_SOURCE.contains(type) ? tree.path("source", "name") : null;
        String name = tree.childText("name").orElse(sourceName == null ? "" : sourceName.text());
        if (name.isEmpty()) {
            throw XmlException.malformed("missing pool source name element");
        }
        if (name.indexOf('/') >= 0) {
            throw XmlException.malformed("name %s cannot contain '/'".formatted(name));
        }
        for (char c : name.toCharArray()) {
            if (c < ' ' || c == 0x7f) {
                throw new XmlException(XmlErrorKind.XML_DETAIL, "invalid char in name: %c".formatted(c))
                        .from(XmlOrigin.XML);
            }
        }
        return name;
    }

    private static UUID uuid(XmlElement tree, Supplier<UUID> uuids) {
        String text = tree.childText("uuid").map(String::strip).orElse("");
        if (text.isEmpty()) {
            return uuids.get();
        }
        String digits = text.replace("-", "");
        if (!digits.matches("[0-9a-fA-F]{32}")) {
            throw XmlException.malformed("malformed uuid element");
        }
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }

    private static void requireProtocol(XmlElement protocol, String type) {
        if (protocol == null || !protocol.has("ver")) {
            return;
        }
        if (!type.equals("netfs")) {
            throw XmlException.malformed("storage pool protocol ver unsupported for pool type '%s'".formatted(type));
        }
        if (!protocol.attribute("ver").matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw XmlException.malformed(
                    "storage pool protocol ver '%s' is malformed".formatted(protocol.attribute("ver")));
        }
    }

    private static void requirePort(XmlElement host) {
        String port = host == null ? null : host.attribute("port");
        if (port != null && !port.matches("-?[0-9]{1,9}")) {
            throw XmlException.malformed(
                            "Invalid value for attribute 'port' in element 'host': '%s'. Expected integer value"
                                    .formatted(port))
                    .from(XmlOrigin.XML);
        }
    }

    private static void requireNames(XmlElement options) {
        for (XmlElement option : options.elements()) {
            if (!option.is(MOUNT_OPTIONS, "option")
                    || option.attribute("name", "").isEmpty()) {
                throw XmlException.malformed("no storage pool mount option name specified");
            }
        }
    }

    private static XmlElement withFormat(XmlElement source) {
        return source.mapChild("format", format -> format.has("type") ? format : format.with("type", "auto"));
    }

    private static XmlElement withTarget(XmlElement tree, String type) {
        XmlElement path = tree.path("target", "path");
        if (path == null || path.text().isEmpty()) {
            if (WITH_TARGET.contains(type)) {
                throw XmlException.malformed("missing storage pool target path");
            }
            return tree;
        }
        if (path.text().indexOf('\0') >= 0 || path.text().indexOf('\n') >= 0) {
            throw XmlException.malformed("storage pool target path holds a control character");
        }
        String clean = path.text().replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        return tree.mapChild("target", target -> target.mapChild("path", element -> element.withText(clean)));
    }

    /** In libvirt's order; elements unknown to libvirt follow as they were written. */
    static XmlElement layOut(XmlElement tree, PoolNumbers numbers, PermissionsElement found) {
        List<XmlNode> children = new ArrayList<>();
        children.add(tree.child("name"));
        children.add(tree.child("uuid"));
        if (numbers != null) {
            children.add(bytes("capacity", numbers.capacityBytes()));
            children.add(bytes("allocation", numbers.allocationBytes()));
            children.add(bytes("available", numbers.availableBytes()));
        }
        XmlElement source = tree.child("source");
        // libvirt never prints this one as <source/>.
        children.add(
                source == null || source.elements().isEmpty()
                        ? XmlElement.of("source").withChildren(List.of(new XmlText("\n  ")))
                        : source);
        XmlElement target = tree.child("target");
        if (target != null) {
            children.add(withPermissions(target, found));
        }
        tree.children().stream()
                .filter(child -> child instanceof XmlElement element && !PLACED.contains(element.name()))
                .forEach(children::add);
        return tree.withChildren(children);
    }

    private static XmlElement withPermissions(XmlElement target, PermissionsElement found) {
        PermissionsElement written = PermissionsElement.read(target);
        PermissionsElement all = new PermissionsElement(
                written.mode().isPresent() ? written.mode() : found.mode(),
                written.owner().isPresent() ? written.owner() : found.owner(),
                written.group().isPresent() ? written.group() : found.group());
        XmlElement without = target.minus(
                child -> child.is("permissions") && child.elements().isEmpty());
        if (all.equals(written)) {
            return without;
        }
        XmlElement old = target.child("permissions");
        XmlElement label = old == null ? null : old.child("label");
        XmlElement element = label == null ? all.element() : all.element().plus(label);
        return target.minus(child -> child.is("permissions")).plus(element);
    }

    static XmlElement bytes(String name, long number) {
        return XmlElement.of(name, Long.toString(number)).with("unit", "bytes");
    }
}
