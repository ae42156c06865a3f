package io.fairlead.xml.storage;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The definition of a storage pool: a normalised tree that keeps its author's text, and typed views of it. Immutable.
 */
public final class StoragePoolDocument {
    private final XmlElement tree;

    private StoragePoolDocument(XmlElement tree) {
        this.tree = tree;
    }

    /**
     * Reads a definition as a client sends it, or as it was stored. A pool without a uuid gets one.
     *
     * @throws XmlException with libvirt's code and words
     */
    public static StoragePoolDocument parse(String xml) {
        XmlElement root = XmlReader.read("storage_pool_definition", requireNonNull(xml, "xml"));
        return new StoragePoolDocument(PoolRules.normalise(root, UUID::randomUUID));
    }

    public String name() {
        return tree.childText("name").orElseThrow();
    }

    public UUID uuid() {
        return UUID.fromString(tree.childText("uuid").orElseThrow());
    }

    /** libvirt's name of the type, such as {@code dir}; one that libvirt knows. */
    public String type() {
        return tree.attribute("type");
    }

    /** Where the pool shows in the file system; without a slash at its end. */
    public Optional<String> targetPath() {
        return Optional.ofNullable(tree.path("target", "path")).map(XmlElement::text);
    }

    public PermissionsElement permissions() {
        return PermissionsElement.read(tree.child("target"));
    }

    public PoolSourceElement source() {
        XmlElement source = tree.child("source");
        return source == null ? PoolSourceElement.EMPTY : new PoolSourceElement(source);
    }

    /** Further options of the mount, in libvirt's namespace for them, in order. */
    public List<String> mountOptions() {
        return tree.elements().stream()
                .filter(element -> element.is(PoolRules.MOUNT_OPTIONS, "mount_opts"))
                .flatMap(options -> options.elements().stream())
                .filter(option -> option.is(PoolRules.MOUNT_OPTIONS, "option"))
                .map(option -> option.attribute("name", ""))
                .toList();
    }

    /** The text that is stored. */
    public String toXml() {
        return XmlWriter.document(PoolRules.layOut(tree, null, PermissionsElement.NONE));
    }

    /**
     * The text a client sees.
     *
     * @param found the permissions of the pool's folder, for values that the definition leaves open
     */
    public String toXml(PoolNumbers numbers, PermissionsElement found) {
        return XmlWriter.document(PoolRules.layOut(tree, numbers, found));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoragePoolDocument document && document.toXml().equals(toXml());
    }

    @Override
    public int hashCode() {
        return toXml().hashCode();
    }

    @Override
    public String toString() {
        return "StoragePoolDocument[%s %s]".formatted(name(), uuid());
    }
}
