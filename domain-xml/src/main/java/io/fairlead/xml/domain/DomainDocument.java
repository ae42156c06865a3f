package io.fairlead.xml.domain;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.domain.normal.IdentityRules;
import io.fairlead.xml.domain.normal.LifecycleRules;
import io.fairlead.xml.domain.normal.Normaliser;
import io.fairlead.xml.domain.read.DefinitionReader;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import io.fairlead.xml.value.ByteSize;
import io.fairlead.xml.value.MacAddress;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One domain definition: the normalised tree, with everything its author wrote, and the typed view of what has an effect.
 * Immutable; an edit gives a new document.
 */
public final class DomainDocument {
    private final XmlElement tree;
    private final DomainDefinition definition;

    // Printed once: dumpxml and the definition's file use the same text. A race only prints twice.
    private volatile String text;

    private DomainDocument(XmlElement tree, DomainDefinition definition) {
        this.tree = tree;
        this.definition = definition;
    }

    /** As {@link #parse(String, DomainDefaults)}, for this machine. */
    public static DomainDocument parse(String xml) {
        return parse(xml, DomainDefaults.host());
    }

    /**
     * Reads a definition as a client sends it, or as it was stored.
     *
     * @throws XmlException with libvirt's code and words
     */
    public static DomainDocument parse(String xml, DomainDefaults defaults) {
        XmlElement root = XmlReader.read("domain_definition", requireNonNull(xml, "xml"));
        return of(new Normaliser(defaults, UUID::randomUUID, MacAddress::random).normalise(root));
    }

    private static DomainDocument of(XmlElement normalised) {
        return new DomainDocument(normalised, DefinitionReader.read(normalised));
    }

    /** What has an effect, typed. */
    public DomainDefinition definition() {
        return definition;
    }

    /** The normalised tree. */
    public XmlElement tree() {
        return tree;
    }

    public String name() {
        return definition.name();
    }

    public UUID uuid() {
        return definition.uuid();
    }

    /** The text that is stored, and that clients get for a domain that is not running. */
    public String toXml() {
        String printed = text;
        if (printed == null) {
            printed = XmlWriter.document(tree);
            text = printed;
        }
        return printed;
    }

    /** With another name, checked. */
    public DomainDocument withName(String name) {
        IdentityRules.checkName(name);
        return edit(domain -> domain.mapChild("name", element -> element.withText(name)));
    }

    public DomainDocument withUuid(UUID uuid) {
        return edit(domain -> domain.mapChild("uuid", element -> element.withText(uuid.toString())));
    }

    /** With another limit at start; libvirt keeps whole KiB, rounded up, and never more than the maximum. */
    public DomainDocument withCurrentMemory(long bytes) {
        return edit(domain -> domain.mapChild("currentMemory", element -> inKib(element, bytes)));
    }

    /** With another maximum; a larger current memory shrinks to it. */
    public DomainDocument withMemory(long bytes) {
        XmlElement sized = tree.mapChild("memory", element -> inKib(element, bytes));
        return of(
                bytes < definition.currentMemoryBytes()
                        ? sized.mapChild("currentMemory", element -> inKib(element, bytes))
                        : sized);
    }

    private static XmlElement inKib(XmlElement element, long bytes) {
        return element.withText(Long.toString(ByteSize.ceilKib(bytes)));
    }

    /** With another answer to one way of ending. */
    public DomainDocument withLifecycleAction(LifecycleEvent event, LifecycleAction action) {
        LifecycleRules.check(event, action);
        return edit(domain -> domain.mapChild(event.element(), element -> element.withText(action.xmlName())));
    }

    DomainDocument edit(UnaryOperator<XmlElement> change) {
        return of(change.apply(tree));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainDocument document && document.tree.equals(tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    @Override
    public String toString() {
        return "DomainDocument[%s %s]".formatted(name(), uuid());
    }
}
