package io.fairlead.xml.nwfilter;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a reference to a filter: values of its variables; a variable may have several. */
final class FilterParameters {
    private static final String NAME = "[a-zA-Z0-9_]+";
    private static final String VALUE = "[a-zA-Z0-9_.:]+";

    private FilterParameters() {}

    /** Sorted by name, as libvirt prints them; those that no variable can hold are dropped, as libvirt does. */
    static XmlElement normalise(XmlElement reference) {
        List<XmlElement> parameters = reference.elements("parameter").stream()
                .filter(one -> one.attribute("name", "").matches(NAME)
                        && one.attribute("value", "").matches(VALUE))
                .sorted(Comparator.comparing(one -> one.attribute("name")))
                .toList();
        List<XmlNode> children = new ArrayList<>(parameters);
        reference.children().stream()
                .filter(child -> !(child instanceof XmlText)
                        && !(child instanceof XmlElement element && element.is("parameter")))
                .forEach(children::add);
        return reference.withChildren(children);
    }

    /** Values by variable, in order. */
    static Map<String, List<String>> read(XmlElement reference) {
        Map<String, List<String>> values = new TreeMap<>();
        for (XmlElement parameter : reference.elements("parameter")) {
            values.computeIfAbsent(parameter.attribute("name"), name -> new ArrayList<>())
                    .add(parameter.attribute("value"));
        }
        return new LinkedHashMap<>(values);
    }
}
