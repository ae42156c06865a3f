package io.fairlead.xml.domain;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One client's element below metadata. It is stored under the client's namespace and prefix, and handed back without
 * them, as libvirt does.
 */
final class MetadataElement {
    /** The prefixes that clients use: the part of NCName that needs no Unicode tables. */
    private static final Pattern PREFIX = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.\\-]*");

    private MetadataElement() {}

    /**
     * Reads a client's text and puts its elements that have no namespace into the given one.
     *
     * @throws XmlException for text that is no XML, or a prefix or URI that can't be one
     */
    static XmlElement stored(String text, String prefix, String uri) {
        XmlElement root = XmlReader.read("metadata_xml", text).withoutLayout();
        if (!root.namespace().isEmpty() && !root.namespace().equals(uri)) {
            // Stored in this form, it could never be found again; libvirt does the same.
            throw XmlException.invalidArgument("metadata element '%s' is in namespace '%s' (expected: none or '%s')"
                    .formatted(root.name(), root.namespace(), uri));
        }
        if (!PREFIX.matcher(prefix).matches() || prefix.equals("xml") || prefix.equals("xmlns")) {
            throw internal("failed to validate prefix for a new XML namespace");
        }
        checkUri(uri);
        if (root.namespace().equals(uri)) {
            return root;
        }
        if (rebinds(root, "xmlns:" + prefix, uri)) {
            throw internal("failed to create a new XML namespace");
        }
        List<XmlAttribute> attributes = new ArrayList<>();
        attributes.add(new XmlAttribute("xmlns:" + prefix, uri));
        root.attributes().stream()
                .filter(attribute -> !attribute.name().equals("xmlns:" + prefix))
                .forEach(attributes::add);
        return prefixed(root, prefix, uri).withAttributes(attributes);
    }

    private static XmlElement prefixed(XmlElement element, String prefix, String uri) {
        XmlElement inside = element.mapElements(child -> prefixed(child, prefix, uri));
        return element.namespace().isEmpty()
                ? new XmlElement(prefix + ":" + element.name(), uri, inside.attributes(), inside.children())
                : inside;
    }

    private static boolean rebinds(XmlElement element, String declaration, String uri) {
        return !element.attribute(declaration, uri).equals(uri)
                || element.elements().stream().anyMatch(child -> rebinds(child, declaration, uri));
    }

    private static void checkUri(String uri) {
        try {
            if (uri.isEmpty() || new URI(uri).toString().isEmpty()) {
                throw internal("failed to validate URI for a new XML namespace");
            }
        } catch (URISyntaxException e) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "failed to validate URI for a new XML namespace", e)
                    .from(XmlOrigin.XML);
        }
    }

    private static XmlException internal(String message) {
        return new XmlException(XmlErrorKind.INTERNAL_ERROR, message).from(XmlOrigin.XML);
    }

    /** The text a client gets: its own elements without prefix and declaration. */
    static String shown(XmlElement stored, String uri) {
        return XmlWriter.foreign(plain(stored, uri));
    }

    private static XmlElement plain(XmlElement element, String uri) {
        XmlElement inside = element.mapElements(child -> plain(child, uri));
        List<XmlAttribute> attributes = inside.attributes().stream()
                .filter(attribute ->
                        !attribute.declaresNamespace() || !attribute.value().equals(uri))
                .toList();
        return element.namespace().equals(uri)
                ? new XmlElement(element.localName(), "", attributes, inside.children())
                : inside.withAttributes(attributes);
    }
}
