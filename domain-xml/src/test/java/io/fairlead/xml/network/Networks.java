package io.fairlead.xml.network;

import java.util.UUID;

/** Documents of networks for tests, with fixed values in place of those that a host makes up. */
public final class Networks {
    static final String MAC = "52:54:00:00:00:00";
    static final UUID ID = UUID.fromString("8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18");

    private Networks() {}

    public static NetworkDocument parse(String xml) {
        return NetworkDocument.parse(xml, () -> ID, () -> MAC);
    }

    /** With a bridge's name where the host would choose one. */
    public static NetworkDocument named(String xml) {
        NetworkDocument document = parse(xml);
        return document.needsBridgeName() ? document.withBridgeName("virbr0") : document;
    }
}
