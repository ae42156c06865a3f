package io.fairlead.xml.network;

import static java.util.Objects.requireNonNull;

import io.fairlead.xml.network.model.NetworkDefinition;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The definition of a network: a normalised tree that keeps its author's text, and typed views of it. Immutable; it
 * prints itself once.
 */
public final class NetworkDocument {
    private final XmlElement tree;
    private final NetworkDefinition definition;
    private final String xml;

    NetworkDocument(XmlElement tree) {
        this.tree = tree;
        this.definition = NetworkReader.read(tree);
        this.xml = NetworkLayout.print(tree);
    }

    /**
     * Reads a definition as a client sends it, or as it was stored.
     *
     * @param newUuid asked when the definition has none
     * @param newMac asked when a network with a bridge of its own has no address for it
     * @throws XmlException with libvirt's code and words
     */
    public static NetworkDocument parse(String xml, Supplier<UUID> newUuid, Supplier<String> newMac) {
        XmlElement root = XmlReader.read("network_definition", requireNonNull(xml, "xml"));
        return new NetworkDocument(NetworkRules.normalise(root, newUuid, newMac));
    }

    public String name() {
        return definition.name();
    }

    public UUID uuid() {
        return definition.uuid();
    }

    public NetworkDefinition definition() {
        return definition;
    }

    /** Whether the network is a bridge of its own and its definition leaves the bridge's name to its host. */
    public boolean needsBridgeName() {
        return definition.forward().mode().ownsBridge()
                && definition.bridge().name().isEmpty();
    }

    /**
     * The same network on a bridge of that name.
     *
     * @throws XmlException for a name that no link can have
     */
    public NetworkDocument withBridgeName(String name) {
        return changed(tree.mapChild("bridge", bridge -> bridge.with("name", name)));
    }

    /** The client's own element below metadata, when there is one. */
    public Optional<XmlElement> metadata() {
        return Optional.ofNullable(tree.child("metadata"));
    }

    /** The text that is stored, and that a client sees. */
    public String toXml() {
        return xml;
    }

    XmlElement tree() {
        return tree;
    }

    /** A changed tree passes the rules of a client's text. */
    NetworkDocument changed(XmlElement changed) {
        return new NetworkDocument(NetworkRules.normalise(changed, this::uuid, () -> {
            throw new IllegalStateException("a stored network has an address for its bridge");
        }));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkDocument document && document.xml.equals(xml);
    }

    @Override
    public int hashCode() {
        return xml.hashCode();
    }

    @Override
    public String toString() {
        return "NetworkDocument[%s %s]".formatted(name(), uuid());
    }
}
