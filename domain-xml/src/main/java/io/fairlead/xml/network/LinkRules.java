package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The parts that networks, port groups, ports and interfaces of domains have in common: vlan, virtualport, bandwidth.
 */
public final class LinkRules {
    /** The kernel's largest VLAN id is 4094; libvirt accepts one more. */
    private static final int VLAN_ID_MAX = 4095;

    private static final Pattern UUID_TEXT = Pattern.compile("\\s*([0-9a-fA-F]{2}-?){15}[0-9a-fA-F]{2}\\s*");

    /** The parameters that each type of virtual port knows (IEEE 802.1Qbg and Qbh, Open vSwitch, MidoNet). */
    private static final Map<String, Set<String>> PORT_PARAMETERS = Map.of(
            "802.1Qbg", Set.of("managerid", "typeid", "typeidversion", "instanceid"),
            "802.1Qbh", Set.of("profileid"),
            "openvswitch", Set.of("interfaceid", "profileid"),
            "midonet", Set.of("interfaceid"));

    /** Numeric parameters and the largest value of each. */
    private static final Map<String, Long> PORT_NUMBERS =
            Map.of("managerid", 0xffL, "typeid", 0xffffffL, "typeidversion", 0xffL);

    private static final List<String> RATES = List.of("average", "peak", "floor", "burst");

    private LinkRules() {}

    /** Refuses a text that names no UUID, with the given refusal. */
    static UUID uuid(String text, XmlException refusal) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw refusal;
        }
        String digits = text.strip().replace("-", "");
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }

    static void requireChoice(XmlElement element, String attribute, String... choices) {
        String value = element.attribute(attribute);
        if (value != null && !List.of(choices).contains(value)) {
            throw XmlException.invalidAttribute(element, attribute, value);
        }
    }

    static void requireYesNo(XmlElement element, String attribute) {
        requireChoice(element, attribute, "yes", "no");
    }

    /** A number in C's notation, or -1 for a text that is none or exceeds the maximum. */
    static long number(String text, long max) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            long number = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
            return text.startsWith("+") || number > max ? -1 : number;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The attribute, as an unsigned number that is printed in decimal. */
    static XmlElement withNumber(XmlElement element, String attribute, long max) {
        String text = element.attribute(attribute);
        if (text == null) {
            return element;
        }
        long number = number(text, max);
        if (number < 0) {
            throw XmlException.invalidNumber(element, attribute, text, null);
        }
        return element.with(attribute, Long.toString(number));
    }

    /** @throws XmlException in libvirt's words for tags that no switch takes */
    public static XmlElement vlan(XmlElement vlan) {
        List<XmlElement> tags = vlan.elements("tag");
        if (tags.isEmpty()) {
            throw value("missing tag id - each <vlan> must have at least one <tag id='n'/> subelement");
        }
        XmlElement checked = vlan.mapElements(child -> child.is("tag") ? tag(child) : child);
        long natives = tags.stream().filter(tag -> tag.has("nativeMode")).count();
        if (natives > 1) {
            throw value("duplicate native vlan setting");
        }
        String trunk = vlan.attribute("trunk");
        if (trunk != null && !trunk.equals("yes") && !trunk.equals("no")) {
            throw value("invalid \"trunk='%s'\" in <vlan> - must be yes or no".formatted(trunk));
        }
        if ("no".equals(trunk) && tags.size() > 1) {
            throw value("invalid \"trunk='no'\" in <vlan> - trunk='yes' is required for more than one vlan tag");
        }
        if ("no".equals(trunk) && natives > 0) {
            throw value("invalid configuration in <vlan> - \"trunk='no'\" is not allowed with a native vlan id");
        }
        return tags.size() > 1 || "yes".equals(trunk) ? checked.with("trunk", "yes") : checked.without("trunk");
    }

    private static XmlElement tag(XmlElement tag) {
        if (!tag.has("id")) {
            throw XmlException.missingAttribute(tag, "id");
        }
        XmlElement numbered = withNumber(tag, "id", 0xffffffffL);
        if (Long.parseLong(numbered.attribute("id")) > VLAN_ID_MAX) {
            throw value("vlan tag id %s too large (maximum %d)".formatted(numbered.attribute("id"), VLAN_ID_MAX));
        }
        requireChoice(tag, "nativeMode", "tagged", "untagged");
        return numbered;
    }

    /** @param needsType whether the place gives no type of its own, as an interface of a network does */
    static XmlElement virtualPort(XmlElement port, boolean needsType) {
        String type = port.attribute("type");
        if (type == null && needsType) {
            throw value("missing required virtualport type");
        }
        if (type != null && !PORT_PARAMETERS.containsKey(type)) {
            throw XmlException.unsupported("unknown virtualport type " + type).from(XmlOrigin.VALUE);
        }
        return port.mapElements(child -> {
            XmlElement checked = child.is("parameters") ? parameters(child, type) : child;
            return checked.attributes().isEmpty() && checked.children().isEmpty() ? null : checked;
        });
    }

    private static XmlElement parameters(XmlElement parameters, String type) {
        XmlElement checked = parameters;
        for (Map.Entry<String, Long> entry : PORT_NUMBERS.entrySet()) {
            String text = parameters.attribute(entry.getKey());
            if (text != null) {
                long number = number(text, 0xffffffffL);
                if (number < 0) {
                    throw value("cannot parse value of %s parameter".formatted(entry.getKey()));
                }
                if (number > entry.getValue()) {
                    String word = entry.getKey().equals("typeid") ? "for" : "of";
                    throw value("value %s %s out of range".formatted(word, entry.getKey()));
                }
                checked = checked.with(entry.getKey(), Long.toString(number));
            }
        }
        for (String name : List.of("instanceid", "interfaceid")) {
            String text = parameters.attribute(name);
            if (text != null) {
                XmlException refusal = value("cannot parse %s parameter as a uuid".formatted(name));
                checked = checked.with(name, uuid(text, refusal).toString());
            }
        }
        Set<String> known = type == null ? null : PORT_PARAMETERS.get(type);
        for (Set<String> names : PORT_PARAMETERS.values()) {
            for (String name : names) {
                if (known != null && !known.contains(name) && parameters.has(name)) {
                    throw value("extra %s unsupported in <virtualport type='%s'>".formatted(name, type));
                }
            }
        }
        return checked;
    }

    /** Rates in KiB/s, the burst in KiB. */
    static XmlElement bandwidth(XmlElement bandwidth, boolean floorAllowed) {
        for (String direction : List.of("inbound", "outbound")) {
            if (bandwidth.elements(direction).size() > 1) {
                throw detail("Only one child <%s> element allowed".formatted(direction));
            }
        }
        return bandwidth.mapElements(
                child -> child.is("inbound") || child.is("outbound") ? rates(child, floorAllowed) : child);
    }

    private static XmlElement rates(XmlElement direction, boolean floorAllowed) {
        if (!direction.has("average") && !direction.has("floor")) {
            throw detail("Missing mandatory average or floor attributes");
        }
        XmlElement rates = direction;
        for (String rate : RATES) {
            String text = direction.attribute(rate);
            if (text == null) {
                continue;
            }
            long number = number(text, Long.MAX_VALUE);
            if (number < 0) {
                throw XmlException.unsupported("could not convert bandwidth %s value '%s'".formatted(rate, text))
                        .from(XmlOrigin.VALUE);
            }
            rates = number == 0 ? rates.without(rate) : rates.with(rate, Long.toString(number));
        }
        if (direction.has("floor") && direction.is("outbound")) {
            throw XmlException.unsupported("'floor' attribute allowed only in <inbound> element")
                    .from(XmlOrigin.VALUE);
        }
        if (direction.has("floor") && !floorAllowed) {
            throw XmlException.unsupported("floor attribute is not supported for this config")
                    .from(XmlOrigin.VALUE);
        }
        // A rate of 0 is none, and the other values mean nothing without one.
        return rates.has("average") || rates.has("floor") ? rates : null;
    }

    static XmlException value(String detail) {
        return XmlException.malformed(detail).from(XmlOrigin.VALUE);
    }

    private static XmlException detail(String detail) {
        return new XmlException(XmlErrorKind.XML_DETAIL, detail).from(XmlOrigin.VALUE);
    }
}
