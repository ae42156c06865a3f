package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlText;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import java.util.Set;

/** Prints a network as libvirt does, which closes some empty elements on a line of their own. */
final class NetworkLayout {
    private static final Set<String> NEVER_SHORT = Set.of("ip", "portgroup", "bandwidth");

    private NetworkLayout() {}

    static String print(XmlElement network) {
        return XmlWriter.document(network.mapElements(child -> opened(child, "\n  ")));
    }

    private static XmlElement opened(XmlElement element, String closing) {
        if (!element.namespace().isEmpty() || !NEVER_SHORT.contains(element.name())) {
            return element;
        }
        return element.children().isEmpty()
                ? element.withChildren(List.of(new XmlText(closing)))
                : element.mapElements(child -> opened(child, closing + "  "));
    }
}
