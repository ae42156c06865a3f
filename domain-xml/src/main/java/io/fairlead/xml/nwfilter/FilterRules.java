package io.fairlead.xml.nwfilter;

import io.fairlead.xml.tree.XmlAttribute;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlNode;
import io.fairlead.xml.tree.XmlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns a client's tree of a filter into the one libvirt would store. Applied to its own result it changes nothing. */
final class FilterRules {
    private static final int PRIORITY_MAX = 1000;
    private static final int RULE_PRIORITY = 500;

    /** ebtables' longest name of a chain, less libvirt's own prefix. */
    private static final int CHAIN_LENGTH_MAX = 12;

    /** The priority of a chain that says none, by the beginning of its name; in libvirt's order of looking. */
    private static final Map<String, Integer> CHAINS = chains();

    private static final Set<String> ACTIONS = Set.of("drop", "accept", "reject", "return", "continue");
    private static final Set<String> DIRECTIONS = Set.of("in", "out", "inout");
    private static final Set<String> PORTS = Set.of("srcportstart", "srcportend", "dstportstart", "dstportend");
    private static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "33", "0x21", "sctp");

    private FilterRules() {}

    private static Map<String, Integer> chains() {
        Map<String, Integer> chains = new LinkedHashMap<>();
        chains.put("mac", -800);
        chains.put("vlan", -750);
        chains.put("stp", 0);
        chains.put("arp", -500);
        chains.put("rarp", -400);
        chains.put("ipv4", -700);
        chains.put("ipv6", -600);
        return chains;
    }

    static XmlElement normalise(XmlElement root, Supplier<UUID> newUuid) {
        if (!root.is("filter")) {
            throw XmlException.wrongRoot("filter", root);
        }
        XmlElement tree = root.withoutLayout();
        String name = root.attribute("name", "");
        if (name.isEmpty()) {
            throw internal("filter has no name");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\n') >= 0 || name.equals(".") || name.equals("..")) {
            throw XmlException.malformed("name %s of a filter is no name of a file".formatted(name));
        }
        String chain = chain(tree.attribute("chain", ""));
        int priority = chainPriority(tree.attribute("priority", ""), chain);
        UUID uuid = uuid(tree.childText("uuid").orElse(""), newUuid);
        List<XmlNode> children = new ArrayList<>();
        children.add(XmlElement.of("uuid", uuid.toString()));
        for (XmlNode child : tree.children()) {
            if (child instanceof XmlElement element && !element.is("uuid")) {
                children.add(part(element, name));
            } else if (!(child instanceof XmlElement) && !(child instanceof XmlText)) {
                children.add(child);
            }
        }
        XmlElement named = tree.without("chain").without("priority").with("chain", chain);
        return inOrder(
                        priority == 0 && defaultPriority(chain) == 0
                                ? named
                                : named.with("priority", Integer.toString(priority)),
                        "name",
                        "chain",
                        "priority")
                .withChildren(children);
    }

    private static String chain(String chain) {
        if (chain.isEmpty() || chain.equals("root")) {
            return "root";
        }
        if (CHAINS.keySet().stream().noneMatch(chain::startsWith)) {
            throw XmlException.invalidArgument(
                    ("Invalid chain name '%s'. Please use a chain name called 'root' or any of the following prefixes: "
                                    + "mac, vlan, stp, arp, rarp, ipv4, ipv6")
                            .formatted(chain));
        }
        if (chain.length() > CHAIN_LENGTH_MAX) {
            throw XmlException.invalidArgument(
                    "Name of chain is longer than %d characters".formatted(CHAIN_LENGTH_MAX));
        }
        if (!chain.matches("[a-zA-Z0-9_.:-]+")) {
            throw XmlException.invalidArgument("Chain name contains invalid characters");
        }
        return chain;
    }

    private static int chainPriority(String text, String chain) {
        if (text.isEmpty()) {
            return defaultPriority(chain);
        }
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            throw XmlException.invalidArgument("Could not parse chain priority '%s'".formatted(text));
        }
        int priority = Integer.parseInt(text);
        if (Math.abs(priority) > PRIORITY_MAX) {
            throw XmlException.invalidArgument(
                    "Priority '%d' is outside valid range of [-%d,%d]".formatted(priority, PRIORITY_MAX, PRIORITY_MAX));
        }
        return priority;
    }

    private static int defaultPriority(String chain) {
        return CHAINS.entrySet().stream()
                .filter(entry -> chain.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
    }

    private static UUID uuid(String text, Supplier<UUID> newUuid) {
        if (text.isEmpty()) {
            return newUuid.get();
        }
        String digits = text.strip().replace("-", "");
        if (!digits.matches("[0-9a-fA-F]{32}")) {
            throw XmlException.malformed("malformed uuid element");
        }
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }

    private static XmlElement part(XmlElement child, String filter) {
        if (child.is("rule")) {
            return rule(child);
        }
        if (!child.is("filterref")) {
            return child;
        }
        if (!child.has("filter")) {
            // libvirt takes such a reference for a rule.
            throw internal("rule node requires action attribute");
        }
        if (filter.equals(child.attribute("filter"))) {
            throw new XmlException(XmlErrorKind.OPERATION_FAILED, "filter would introduce a loop");
        }
        return FilterParameters.normalise(child);
    }

    private static XmlElement rule(XmlElement rule) {
        requireChoice(rule, "action", ACTIONS);
        requireChoice(rule, "direction", DIRECTIONS);
        String text = rule.attribute("priority", "");
        boolean given = text.matches("[+-]?[0-9]{1,4}") && Math.abs(Integer.parseInt(text)) <= PRIORITY_MAX;
        int priority = given ? Integer.parseInt(text) : RULE_PRIORITY;
        boolean stateless = rule.attribute("statematch", "").matches("(?i)false|0");
        XmlElement checked = rule.with("priority", Integer.toString(priority));
        checked = stateless ? checked.with("statematch", "false") : checked.without("statematch");
        // The first protocol counts: a rule has one.
        String protocol = rule.elements().stream()
                .filter(child -> child.namespace().isEmpty() && Protocols.has(child.name()))
                .map(XmlElement::name)
                .findFirst()
                .orElse("");
        return inOrder(checked, "action", "direction", "priority", "statematch").mapElements(child -> {
            if (!child.namespace().isEmpty() || !Protocols.has(child.name())) {
                return child;
            }
            return child.is(protocol) ? match(child) : null;
        });
    }

    private static void requireChoice(XmlElement rule, String attribute, Set<String> choices) {
        String value = rule.attribute(attribute);
        if (value == null) {
            throw internal("rule node requires %s attribute".formatted(attribute));
        }
        if (!choices.contains(value)) {
            throw XmlException.unsupported("unknown rule %s attribute value".formatted(attribute));
        }
    }

    private static XmlElement match(XmlElement protocol) {
        Map<String, FilterValue> known = Protocols.attributes(protocol.name());
        XmlElement checked = protocol.attribute("match", "").equals("no") ? protocol : protocol.without("match");
        for (XmlAttribute attribute : protocol.attributes()) {
            FilterValue value = known.get(attribute.name());
            if (value != null) {
                String form = value.normalise(attribute.value())
                        .orElseThrow(() ->
                                internal("%s has illegal value %s".formatted(attribute.name(), attribute.value())));
                checked = checked.with(attribute.name(), form);
            }
        }
        if (checked.has("ipset") && !checked.has("ipsetflags")) {
            checked = checked.with("ipsetflags", "src");
        }
        checkPorts(checked);
        List<String> order = new ArrayList<>(List.of("match"));
        order.addAll(known.keySet());
        return inOrder(checked, order.toArray(String[]::new));
    }

    /** Only some protocols above IP have ports. */
    private static void checkPorts(XmlElement match) {
        boolean six = match.is("ipv6");
        if ((six || match.is("ip"))
                && PORTS.stream().anyMatch(match::has)
                && !WITH_PORTS.contains(match.attribute("protocol", ""))) {
            throw internal(
                    ("%s rule with port specification requires protocol specification with protocol to be either one "
                                    + "of tcp(6), udp(17), dccp(33), or sctp(132)")
                            .formatted(six ? "IPv6" : "IP"));
        }
    }

    /** The named attributes first, in that order; others follow as they were written. */
    private static XmlElement inOrder(XmlElement element, String... names) {
        List<String> order = List.of(names);
        List<XmlAttribute> sorted = new ArrayList<>(element.attributes());
        sorted.sort(Comparator.comparingInt(attribute -> {
            int rank = order.indexOf(attribute.name());
            return rank < 0 ? names.length : rank;
        }));
        return element.withAttributes(sorted);
    }

    private static XmlException internal(String detail) {
        return new XmlException(XmlErrorKind.INTERNAL_ERROR, detail);
    }
}
