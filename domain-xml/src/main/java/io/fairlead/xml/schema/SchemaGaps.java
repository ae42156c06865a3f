package io.fairlead.xml.schema;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Elements that libvirt reads and prints, but that its own schemas (9.0) lack: file systems of type volume. The schema
 * sees such a file system as a mount, so that a client that wants its document checked is not refused for it.
 */
final class SchemaGaps {
    private SchemaGaps() {}

    /** The text to check: as it came, unless it has something that the schemas lack. Lines may differ then. */
    static String filled(XmlElement root, String text) {
        XmlElement filled = filled(root);
        return filled.equals(root) ? text : XmlWriter.document(filled);
    }

    private static XmlElement filled(XmlElement element) {
        if (element.is("domainsnapshot")) {
            return element.mapElements(SchemaGaps::filled);
        }
        boolean isDomain = element.is("domain") || element.is("inactiveDomain");
        return isDomain ? in(element, "devices", devices -> in(devices, "filesystem", SchemaGaps::mount)) : element;
    }

    private static XmlElement in(XmlElement parent, String children, UnaryOperator<XmlElement> change) {
        return parent.mapElements(child -> child.is(children) ? change.apply(child) : child);
    }

    private static XmlElement mount(XmlElement filesystem) {
        XmlElement source = filesystem.child("source");
        boolean isVolume = filesystem.attribute("type", "").equals("volume");
        if (!isVolume || source == null || !source.has("pool") || !source.has("volume")) {
            return filesystem;
        }
        String dir = "/%s/%s".formatted(source.attribute("pool"), source.attribute("volume"));
        XmlElement shown = source.without("pool").without("volume").with("dir", dir);
        List<XmlElement> others =
                filesystem.elements().stream().filter(child -> child != source).toList();
        return filesystem.with("type", "mount").withChildren(others).plus(shown);
    }
}
