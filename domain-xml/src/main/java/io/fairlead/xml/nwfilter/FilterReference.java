package io.fairlead.xml.nwfilter;

import io.fairlead.xml.tree.XmlElement;
import java.util.List;
import java.util.Map;

/**
 * {@code <filterref>}.
 *
 * @param parameters values by variable; a variable may have several
 */
public record FilterReference(String filter, Map<String, List<String>> parameters) implements FilterEntry {
    public FilterReference {
        parameters = Map.copyOf(parameters);
    }

    /** Reads one, also below an interface of a domain. Parameters that no variable can hold are left out. */
    public static FilterReference read(XmlElement reference) {
        return new FilterReference(
                reference.attribute("filter", ""), FilterParameters.read(FilterParameters.normalise(reference)));
    }
}
