package io.fairlead.xml.network;

import io.fairlead.xml.network.model.Bandwidth;
import io.fairlead.xml.network.model.VirtualPort;
import io.fairlead.xml.network.model.Vlan;
import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads the parts that networks, ports and interfaces of domains share, from trees that passed their rules. */
public final class LinkReader {
    private LinkReader() {}

    /** The {@code <bandwidth>} below an element. */
    public static Optional<Bandwidth> bandwidth(XmlElement parent) {
        return Optional.ofNullable(parent.child("bandwidth"))
                .map(bandwidth -> new Bandwidth(rate(bandwidth, "inbound"), rate(bandwidth, "outbound")));
    }

    private static Optional<Bandwidth.Rate> rate(XmlElement bandwidth, String direction) {
        return Optional.ofNullable(bandwidth.child(direction))
                .map(rate -> new Bandwidth.Rate(
                        number(rate, "average"), number(rate, "peak"), number(rate, "floor"), number(rate, "burst")));
    }

    /** The {@code <vlan>} below an element. */
    public static Optional<Vlan> vlan(XmlElement parent) {
        return Optional.ofNullable(parent.child("vlan"))
                .map(vlan -> new Vlan(
                        yes(vlan, "trunk"),
                        vlan.elements("tag").stream()
                                .map(tag ->
                                        new Vlan.Tag((int) number(tag, "id").orElse(0), attribute(tag, "nativeMode")))
                                .toList()));
    }

    /** The {@code <virtualport>} below an element. */
    public static Optional<VirtualPort> virtualPort(XmlElement parent) {
        return Optional.ofNullable(parent.child("virtualport")).map(port -> {
            XmlElement parameters = port.child("parameters");
            return new VirtualPort(
                    attribute(port, "type"),
                    (parameters == null ? XmlElement.of("parameters") : parameters)
                            .attributes().stream().collect(Collectors.toMap(XmlAttribute::name, XmlAttribute::value)));
        });
    }

    static Optional<String> attribute(XmlElement element, String name) {
        return Optional.ofNullable(element.attribute(name));
    }

    static boolean yes(XmlElement element, String name) {
        return element.attribute(name, "no").equals("yes");
    }

    static Optional<Boolean> yesNo(XmlElement element, String name) {
        return attribute(element, name).map("yes"::equals);
    }

    /** Empty for an attribute that is missing or no number. */
    static OptionalLong number(XmlElement element, String name) {
        long number = LinkRules.number(element.attribute(name, ""), Long.MAX_VALUE);
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
