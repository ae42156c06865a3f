package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Set;

/** Security labels. */
final class SecurityLabelRules {
    private static final Set<String> TYPES = Set.of("none", "dynamic", "static");

    private SecurityLabelRules() {}

    static XmlElement apply(XmlElement domain) {
        return domain.mapElements(element -> element.is("seclabel") ? label(element) : element);
    }

    private static XmlElement label(XmlElement label) {
        String model = label.attribute("model", "none");
        String type = model.equals("none") ? "none" : label.attribute("type", "dynamic");
        String wanted = label.attribute("type", type);
        if (!TYPES.contains(wanted)) {
            throw XmlException.invalidAttribute(label, "type", wanted);
        }
        if (wanted.equals("static") && label.child("label") == null) {
            throw XmlException.malformed("security label is missing");
        }
        XmlElement typed = label.with("type", wanted).with("model", model);
        return switch (wanted) {
            case "static" -> typed.with("relabel", label.attribute("relabel", "no"));
            case "dynamic" -> typed.with("relabel", label.attribute("relabel", "yes"));
            default -> typed;
        };
    }
}
