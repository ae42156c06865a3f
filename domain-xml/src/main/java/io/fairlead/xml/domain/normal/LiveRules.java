package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The additions of a running container's document to its definition. */
public final class LiveRules {
    private LiveRules() {}

    /**
     * The document of a running container.
     *
     * @param id the domain's id, at least 1
     * @param partition where it runs; printed when the definition names none
     * @param consoleTtys the terminal of each console on the host, in their order; a console without one has no path
     */
    public static XmlElement apply(XmlElement domain, int id, String partition, List<String> consoleTtys) {
        XmlElement placed =
                domain.mapChild("resource", resource -> TreeChanges.withDefault(resource, "partition", partition));
        AtomicInteger index = new AtomicInteger();
        XmlElement running = placed.mapChild(
                "devices",
                devices -> devices.mapElements(device -> {
                    if (!device.is("console")) {
                        return device;
                    }
                    int console = index.getAndIncrement();
                    XmlElement named = device.plus(XmlElement.of("alias").with("name", "console" + console));
                    return console < consoleTtys.size() ? open(named, console, consoleTtys.get(console)) : named;
                }));
        return DomainOrder.TABLE.apply(withId(running, id));
    }

    private static XmlElement open(XmlElement console, int index, String tty) {
        XmlElement open = console.mapChild("source", source -> source.with("path", tty));
        // Only the first console's path is an attribute as well: the form from the time of a single console.
        return index == 0 ? open.with("tty", tty) : open;
    }

    private static XmlElement withId(XmlElement domain, int id) {
        List<XmlAttribute> attributes = new ArrayList<>(domain.attributes());
        attributes.add(1, new XmlAttribute("id", Integer.toString(id)));
        return domain.withAttributes(attributes);
    }
}
