package io.fairlead.xml.domain.normal;

import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.Set;

/**
 * Features. An unknown feature passes, because newer clients name newer features, and it has no effect. An unknown
 * capability is refused, because its author counts on it.
 */
final class FeatureRules {
    private static final Set<String> POLICIES = Set.of("default", "allow", "deny");
    private static final Set<String> STATES = Set.of("on", "off");

    /** Features whose bare form means state='on' and is printed that way. */
    private static final Set<String> SWITCHES =
            Set.of("hap", "pvspinlock", "pmu", "vmport", "vmcoreinfo", "htm", "nested-hv", "ccf-assist");

    private FeatureRules() {}

    static XmlElement apply(XmlElement domain) {
        XmlElement features = domain.child("features");
        if (features == null) {
            return domain;
        }
        XmlElement known = TreeChanges.single(features, Set.of("capabilities", "privnet", "acpi", "pae", "apic"))
                .mapElements(FeatureRules::feature);
        return domain.mapChild("features", old -> TreeChanges.isEmpty(known) ? null : known);
    }

    private static XmlElement feature(XmlElement feature) {
        if (SWITCHES.contains(feature.name())) {
            return feature.with("state", feature.attribute("state", "on"));
        }
        return feature.is("capabilities") ? capabilities(feature) : feature;
    }

    private static XmlElement capabilities(XmlElement listed) {
        String policy = listed.attribute("policy", "default");
        if (!POLICIES.contains(policy)) {
            throw XmlException.invalidAttribute(listed, "policy", policy);
        }
        XmlElement states = listed.mapElements(FeatureRules::capability);
        states = TreeChanges.single(
                states,
                Set.copyOf(states.elements().stream()
                        .map(XmlElement::name)
                        .distinct()
                        .toList()));
        return policy.equals("default") && TreeChanges.isEmpty(states) ? null : states.with("policy", policy);
    }

    private static XmlElement capability(XmlElement capability) {
        if (Capability.ofXmlName(capability.name()).isEmpty()) {
            throw XmlException.unsupported("unexpected capability feature '%s'".formatted(capability.name()));
        }
        String state = capability.attribute("state", "on");
        if (!STATES.contains(state)) {
            throw XmlException.invalidAttribute(capability, "state", state);
        }
        return capability.with("state", state);
    }
}
