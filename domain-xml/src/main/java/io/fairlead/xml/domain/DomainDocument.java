package io.fairlead.xml.domain;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import io.fairlead.xml.domain.model.MemoryTune;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.domain.normal.IdentityRules;
import io.fairlead.xml.domain.normal.LifecycleRules;
import io.fairlead.xml.domain.normal.Normaliser;
import io.fairlead.xml.domain.read.DefinitionReader;
import io.fairlead.xml.tree.XmlChars;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import io.fairlead.xml.value.ByteSize;
import io.fairlead.xml.value.MacAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One domain definition: the normalised tree, with everything its author wrote, and a typed view of the parts that have
 * an effect. Immutable; an edit gives a new document.
 */
public final class DomainDocument {
    private final XmlElement tree;
    private final DomainDefinition definition;
    private final DomainDefaults defaults;

    // Printed once: dumpxml is asked for again and again. A race only prints twice.
    private volatile String text;
    private volatile String publicText;

    private DomainDocument(XmlElement tree, DomainDefaults defaults) {
        this.tree = tree;
        this.definition = DefinitionReader.read(tree);
        this.defaults = defaults;
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
        return of(XmlReader.read("domain_definition", requireNonNull(xml, "xml")), defaults);
    }

    /** Reads a tree that other code has built, as if a client had sent it. */
    public static DomainDocument of(XmlElement domain, DomainDefaults defaults) {
        return new DomainDocument(
                new Normaliser(defaults, UUID::randomUUID, MacAddress::random).normalise(domain), defaults);
    }

    /** The parts that have an effect, typed. */
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

    /** The text for a client that asks for the definition of a domain that is not running, or for the inactive one. */
    public String toXml(XmlFlags flags) {
        if (flags.secure()) {
            return toXml();
        }
        String printed = publicText;
        if (printed == null) {
            XmlElement shown = Secrets.without(tree);
            printed = shown == tree ? toXml() : XmlWriter.document(shown);
            publicText = printed;
        }
        return printed;
    }

    /** The text that is stored: all of it, with passwords. */
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
        if (!XmlChars.isLegal(name)) {
            throw XmlException.invalidArgument("name holds a character XML has no way to write");
        }
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
        return edit(domain -> {
            XmlElement sized = domain.mapChild("memory", element -> inKib(element, bytes));
            return bytes < definition.currentMemoryBytes()
                    ? sized.mapChild("currentMemory", element -> inKib(element, bytes))
                    : sized;
        });
    }

    private static XmlElement inKib(XmlElement element, long bytes) {
        return element.withText(Long.toString(ByteSize.ceilKib(bytes)));
    }

    /** With another answer to one way of ending. */
    public DomainDocument withLifecycleAction(LifecycleEvent event, LifecycleAction action) {
        LifecycleRules.check(event, action);
        return edit(domain -> domain.mapChild(event.element(), element -> element.withText(action.xmlName())));
    }

    /**
     * With another title, description or metadata element (virDomainSetMetadata).
     *
     * @param value null removes; so does the empty text for a title or description
     * @param key the prefix of a new element, null otherwise
     * @param uri the namespace of the element, null for title and description
     * @throws XmlException when the value can't be stored
     */
    public DomainDocument withMetadata(MetadataKind kind, String value, String key, String uri) {
        return switch (kind) {
            case TITLE -> withTitle(value);
            case DESCRIPTION -> withText("description", value);
            case ELEMENT -> withMetadataElement(value, key, uri);
        };
    }

    private DomainDocument withTitle(String value) {
        if (value != null && value.indexOf('\n') >= 0) {
            throw new XmlException(XmlErrorKind.CALL_ARGUMENT, "metadata title can't contain newlines");
        }
        return withText("title", value);
    }

    private DomainDocument withText(String element, String value) {
        if (value != null && !XmlChars.isLegal(value)) {
            throw XmlException.invalidArgument("%s holds a character XML has no way to write".formatted(element));
        }
        return edit(domain -> value == null || value.isEmpty()
                ? domain.minus(child -> child.is(element))
                : domain.mapChild(element, child -> child.withText(value)));
    }

    private DomainDocument withMetadataElement(String value, String key, String uri) {
        requireUri(uri, "uri in virDomainSetMetadata must not be NULL");
        if (value != null && key == null) {
            throw new XmlException(XmlErrorKind.CALL_ARGUMENT, "key in virDomainSetMetadata must not be NULL");
        }
        return withMetadataElement(uri, value == null ? null : MetadataElement.stored(value, key, uri));
    }

    /** With an element below metadata, in place of all of its namespace that were there. */
    public DomainDocument withMetadataElement(XmlElement element) {
        return withMetadataElement(element.namespace(), element);
    }

    private DomainDocument withMetadataElement(String uri, XmlElement added) {
        return edit(domain -> domain.mapChild("metadata", metadata -> {
            XmlElement others = metadata.minus(child -> child.namespace().equals(uri));
            XmlElement all = added == null ? others : others.plus(added);
            return all.children().isEmpty() ? null : all;
        }));
    }

    /**
     * The title, the description, or one metadata element as its client wrote it (virDomainGetMetadata).
     *
     * @throws XmlException NO_METADATA when there is none
     */
    public String metadata(MetadataKind kind, String uri) {
        Optional<String> found =
                switch (kind) {
                    case TITLE -> definition.title();
                    case DESCRIPTION -> definition.description();
                    case ELEMENT -> metadataElement(requireUri(uri, "uri in virDomainGetMetadata must not be NULL"))
                            .map(element -> MetadataElement.shown(element, uri));
                };
        return found.orElseThrow(
                () -> new XmlException(XmlErrorKind.NO_METADATA, "Requested metadata element is not present"));
    }

    /** The first element of a namespace below metadata, as it is stored. */
    public Optional<XmlElement> metadataElement(String uri) {
        XmlElement metadata = tree.child("metadata");
        return metadata == null
                ? Optional.empty()
                : metadata.elements().stream()
                        .filter(element -> element.namespace().equals(uri))
                        .findFirst();
    }

    private static String requireUri(String uri, String refusal) {
        if (uri == null) {
            throw new XmlException(XmlErrorKind.CALL_ARGUMENT, refusal);
        }
        return uri;
    }

    /** With other weights for the processor; an empty value leaves the present one. */
    public DomainDocument withCpuTune(OptionalLong shares, OptionalLong periodMicros, OptionalLong quotaMicros) {
        return edit(domain -> domain.mapChild("cputune", tune -> {
            XmlElement set = set(tune, "shares", shares);
            return set(set(set, "period", periodMicros), "quota", quotaMicros);
        }));
    }

    /** With other limits for memory; an empty value leaves the present one, {@link Long#MAX_VALUE} lifts the limit. */
    public DomainDocument withMemoryTune(MemoryTune changes) {
        return edit(domain -> domain.mapChild("memtune", tune -> {
            XmlElement set = setKib(tune, "hard_limit", changes.hardLimitBytes());
            set = setKib(set, "soft_limit", changes.softLimitBytes());
            return setKib(set, "swap_hard_limit", changes.swapHardLimitBytes());
        }));
    }

    private static XmlElement set(XmlElement parent, String child, OptionalLong value) {
        return value.isEmpty()
                ? parent
                : parent.mapChild(child, element -> element.withText(Long.toString(value.getAsLong())));
    }

    private static XmlElement setKib(XmlElement parent, String child, OptionalLong bytes) {
        return bytes.isEmpty()
                ? parent
                : parent.mapChild(child, element -> inKib(element.with("unit", "KiB"), bytes.getAsLong()));
    }

    /** Every edit passes the rules again: order, bounds, zeros that mean nothing. */
    private DomainDocument edit(UnaryOperator<XmlElement> change) {
        return of(change.apply(tree), defaults);
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
