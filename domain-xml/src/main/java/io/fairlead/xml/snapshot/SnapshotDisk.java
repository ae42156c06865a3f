package io.fairlead.xml.snapshot;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code <disk>} of a snapshot: one file system or disk of the domain.
 *
 * @param name a disk's target, or the path of the source of the file system or disk, or the place where the file system
 *     is mounted
 */
public record SnapshotDisk(String name, Mode mode) {
    /** Where the content goes (virDomainSnapshotLocation). */
    public enum Mode {
        /** It is left out. */
        NO("no"),
        /** Into the pool of its volume. */
        INTERNAL("internal"),
        /** Into a file of the client's choice. */
        EXTERNAL("external"),
        /** The client sees to it. */
        MANUAL("manual");

        private final String xmlName;

        Mode(String xmlName) {
            this.xmlName = xmlName;
        }

        public String xmlName() {
            return xmlName;
        }

        static Optional<Mode> of(String xmlName) {
            return Stream.of(values())
                    .filter(mode -> mode.xmlName.equals(xmlName))
                    .findFirst();
        }
    }

    static SnapshotDisk read(XmlElement disk) {
        String name = disk.attribute("name", "");
        if (name.isEmpty()) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "missing name from disk snapshot element");
        }
        String mode = disk.attribute("snapshot", "");
        if (mode.isEmpty()) {
            // libvirt takes a source without a mode for an external snapshot.
            return new SnapshotDisk(name, disk.child("source") == null ? Mode.INTERNAL : Mode.EXTERNAL);
        }
        return new SnapshotDisk(
                name, Mode.of(mode).orElseThrow(() -> XmlException.invalidAttribute(disk, "snapshot", mode)));
    }

    XmlElement element() {
        return XmlElement.of("disk").with("name", name).with("snapshot", mode.xmlName());
    }
}
