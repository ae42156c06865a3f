package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import java.util.Set;

/** What a forward mode means for the rest of a document. */
final class NetworkMode {
    /** libvirt's word for an isolated network, which has no {@code <forward>} at all. */
    static final String NONE = "none";

    /** The network is a bridge that its owner makes, with addresses, names and leases. */
    private static final Set<String> OWN_BRIDGE = Set.of(NONE, "nat", "route", "open");

    private NetworkMode() {}

    static String of(XmlElement network) {
        XmlElement forward = network.child("forward");
        return forward == null ? NONE : forward.attribute("mode", "nat");
    }

    static boolean ownsBridge(String mode) {
        return OWN_BRIDGE.contains(mode);
    }
}
