package io.fairlead.xml.storage;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Optional;

/** {@code <source>} of a storage pool: where its content comes from. Immutable. */
public final class PoolSourceElement {
    static final PoolSourceElement EMPTY = new PoolSourceElement(XmlElement.of("source"));

    private final XmlElement element;

    PoolSourceElement(XmlElement element) {
        this.element = element;
    }

    /**
     * Reads one that stands alone, as a client sends it to narrow a search.
     *
     * @throws XmlException with libvirt's code and words
     */
    public static PoolSourceElement parse(String xml) {
        XmlElement root = XmlReader.read("storage_source_specification", requireNonNull(xml, "xml"));
        if (!root.name().equals("source")) {
            throw XmlException.wrongRoot("source", root);
        }
        return new PoolSourceElement(root);
    }

    /** A folder that a host exports. */
    public static PoolSourceElement exported(String host, String directory, String format) {
        return new PoolSourceElement(XmlElement.of("source")
                .plus(XmlElement.of("host").with("name", host))
                .plus(XmlElement.of("dir").with("path", directory))
                .plus(XmlElement.of("format").with("type", format)));
    }

    /** A device of this host. */
    public static PoolSourceElement device(String path) {
        return new PoolSourceElement(
                XmlElement.of("source").plus(XmlElement.of("device").with("path", path)));
    }

    /** The answer to a search. */
    public static String list(List<PoolSourceElement> found) {
        XmlElement sources = XmlElement.of("sources");
        for (PoolSourceElement source : found) {
            sources = sources.plus(source.element);
        }
        return XmlWriter.document(sources);
    }

    /** Paths, in order. */
    public List<String> devices() {
        return element.elements("device").stream()
                .map(device -> device.attribute("path", ""))
                .filter(path -> !path.isEmpty())
                .toList();
    }

    /** The first, where there are several. */
    public Optional<String> host() {
        return attribute("host", "name");
    }

    public int hosts() {
        return element.elements("host").size();
    }

    public Optional<String> directory() {
        return attribute("dir", "path");
    }

    /** Of a volume group. */
    public Optional<String> name() {
        return element.childText("name").filter(name -> !name.isEmpty());
    }

    public Optional<String> format() {
        return attribute("format", "type");
    }

    /** The version of the network file system's protocol, such as {@code 4.2}. */
    public Optional<String> protocolVersion() {
        return attribute("protocol", "ver");
    }

    private Optional<String> attribute(String child, String attribute) {
        return Optional.ofNullable(element.child(child)).map(found -> found.attribute(attribute));
    }
}
