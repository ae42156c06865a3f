package io.fairlead.xml.snapshot;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.EmptyValues;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot a client asks for. Values that libvirt fills in itself, such as state and time, are ignored, as by
 * libvirt.
 *
 * @param name absent when the daemon makes one up
 * @param memory where the memory goes: {@code no}, {@code internal} or {@code external}; absent for the usual
 * @param disks the client's wishes for single file systems and disks
 */
public record SnapshotRequest(
        Optional<String> name, Optional<String> description, Optional<String> memory, List<SnapshotDisk> disks) {
    public SnapshotRequest {
        disks = List.copyOf(disks);
    }

    /** As long as names of files, since other drivers use them as such. */
    static final int NAME_LENGTH_MAX = 255;

    /** As libvirt 9.0's test driver answers. */
    private static final EmptyValues EMPTY_VALUES = EmptyValues.of(
            """
            domainsnapshot || name description ||
            domainsnapshot/parent || name ||
            domainsnapshot/memory ||| snapshot |
            disks/disk ||| snapshot type |
            """);

    /** @throws XmlException with libvirt's code and words */
    public static SnapshotRequest parse(String xml) {
        XmlElement root = root(xml);
        return new SnapshotRequest(name(root), description(root), memory(root), disks(root));
    }

    static XmlElement root(String xml) {
        XmlElement root = XmlReader.read("domain_snapshot", requireNonNull(xml, "xml"));
        if (!root.is("domainsnapshot")) {
            throw XmlException.wrongRoot("domainsnapshot", root);
        }
        return EMPTY_VALUES.apply(root);
    }

    static Optional<String> name(XmlElement root) {
        Optional<String> name = root.childText("name").filter(text -> !text.isEmpty());
        if (name.filter(text -> text.chars().anyMatch(c -> c < ' ' || c == 0x7f))
                .isPresent()) {
            throw XmlException.malformed("snapshot name holds a control character");
        }
        if (name.filter(text -> text.length() > NAME_LENGTH_MAX).isPresent()) {
            throw XmlException.malformed("snapshot name is longer than %d characters".formatted(NAME_LENGTH_MAX));
        }
        return name;
    }

    static Optional<String> description(XmlElement root) {
        return root.childText("description").filter(text -> !text.isEmpty());
    }

    static Optional<String> memory(XmlElement root) {
        XmlElement memory = root.child("memory");
        if (memory == null) {
            return Optional.empty();
        }
        String where = memory.attribute("snapshot", memory.has("file") ? "external" : "");
        if (!List.of("no", "internal", "external").contains(where)) {
            throw XmlException.invalidAttribute(memory, "snapshot", where);
        }
        String file = memory.attribute("file");
        if (file != null && !file.startsWith("/")) {
            throw XmlException.malformed("memory snapshot file path (%s) must be absolute".formatted(file));
        }
        if (memory.has("file") && !where.equals("external")) {
            throw XmlException.malformed(
                    "memory filename '%s' requires external snapshot".formatted(memory.attribute("file")));
        }
        return Optional.of(where);
    }

    static List<SnapshotDisk> disks(XmlElement root) {
        XmlElement disks = root.child("disks");
        return disks == null
                ? List.of()
                : disks.elements("disk").stream().map(SnapshotDisk::read).toList();
    }
}
