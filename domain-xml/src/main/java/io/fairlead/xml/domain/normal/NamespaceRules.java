package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The lxc:namespace element: printed with libvirt's prefix, declared at the root. */
final class NamespaceRules {
    static final String URI = "http://libvirt.org/schemas/domain/lxc/1.0";

    private static final Set<String> KINDS = Set.of("sharenet", "shareipc", "shareuts");
    private static final Set<String> SOURCES = Set.of("name", "pid", "netns");
    private static final String DECLARATION = "xmlns:lxc";

    private NamespaceRules() {}

    static XmlElement apply(XmlElement domain) {
        boolean shares = domain.elements().stream()
                .anyMatch(element ->
                        element.is(URI, "namespace") && !element.elements().isEmpty());
        if (!shares) {
            XmlElement without = domain.minus(element -> element.is(URI, "namespace"));
            // Most definitions declare nothing: no need to look through all of them.
            return declaresAny(without) && !usesPrefix(without, ":lxc") ? withoutDeclaration(without) : without;
        }
        String declared = domain.attribute(DECLARATION, URI);
        if (!declared.equals(URI)) {
            throw XmlException.unsupported("prefix lxc is bound to '%s' (expected: '%s')".formatted(declared, URI));
        }
        XmlElement renamed = domain.mapElements(element -> element.is(URI, "namespace") ? shared(element) : element);
        return withDeclaration(renamed);
    }

    private static boolean declaresAny(XmlElement element) {
        for (XmlAttribute attribute : element.attributes()) {
            if (attribute.declaresNamespace()) {
                return true;
            }
        }
        return false;
    }

    private static XmlElement shared(XmlElement namespaces) {
        return prefixed(namespaces.mapElements(kind -> {
            if (!kind.namespace().equals(URI)) {
                return kind;
            }
            check(kind);
            return prefixed(kind);
        }));
    }

    private static void check(XmlElement kind) {
        if (!KINDS.contains(kind.localName())) {
            throw XmlException.unsupported("unsupported Namespace feature: " + kind.localName())
                    .from(XmlOrigin.DRIVER);
        }
        String type = kind.attribute("type");
        if (type == null || !kind.has("value")) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "No lxc environment type specified")
                    .from(XmlOrigin.DRIVER);
        }
        if (!SOURCES.contains(type)) {
            throw new XmlException(XmlErrorKind.INTERNAL_ERROR, "Unknown LXC namespace source '%s'".formatted(type))
                    .from(XmlOrigin.DRIVER);
        }
        if (type.equals("netns") && !kind.localName().equals("sharenet")) {
            throw XmlException.unsupported("%s cannot come from a netns".formatted(kind.localName()));
        }
    }

    private static XmlElement prefixed(XmlElement element) {
        return withoutDeclaration(element).withName("lxc:" + element.localName());
    }

    /** Without declarations of libvirt's namespace under names that nothing below uses. */
    private static XmlElement withoutDeclaration(XmlElement element) {
        List<XmlAttribute> kept = element.attributes().stream()
                .filter(attribute -> !attribute.declaresNamespace()
                        || !attribute.value().equals(URI)
                        || !attribute.name().equals(DECLARATION)
                                && usesPrefix(element, attribute.name().substring("xmlns".length())))
                .toList();
        return kept.size() == element.attributes().size() ? element : element.withAttributes(kept);
    }

    /** libvirt declares the namespace behind the type and the id. */
    private static XmlElement withDeclaration(XmlElement domain) {
        List<XmlAttribute> attributes =
                new ArrayList<>(withoutDeclaration(domain).attributes());
        attributes.removeIf(attribute -> attribute.name().equals("type"));
        attributes.add(0, new XmlAttribute(DECLARATION, URI));
        attributes.add(0, new XmlAttribute("type", domain.attribute("type")));
        return domain.withAttributes(attributes);
    }

    private static boolean usesPrefix(XmlElement element, String colonAndPrefix) {
        String prefix = colonAndPrefix.isEmpty() ? "" : colonAndPrefix.substring(1) + ":";
        return element.elements().stream()
                .anyMatch(child -> (prefix.isEmpty()
                                ? child.name().indexOf(':') < 0
                                        && !child.namespace().isEmpty()
                                : child.name().startsWith(prefix))
                        || usesPrefix(child, colonAndPrefix));
    }
}
