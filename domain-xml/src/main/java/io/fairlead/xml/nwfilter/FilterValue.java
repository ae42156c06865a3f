package io.fairlead.xml.nwfilter;

import io.fairlead.xml.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The kinds of values in a rule, each with the form in which libvirt 9.0 stores it. */
enum FilterValue {
    MAC(FilterValue::mac),
    MAC_MASK(FilterValue::macMask),
    IPV4(text -> address(text, false)),
    IPV6(text -> address(text, true)),
    IPV4_MASK(text -> mask(text, false)),
    IPV6_MASK(text -> mask(text, true)),
    UINT6(text -> number(text, 0, 0x3f)),
    UINT8(text -> number(text, 0, 0xff)),
    UINT12(text -> number(text, 0, 0xfff)),
    UINT16(text -> number(text, 0, 0xffff)),
    UINT32(text -> number(text, 0, 0xffffffffL)),
    /** An Ethernet type: those below 0x600 are lengths of old frames. */
    ETHER_TYPE(text -> named(text, Words.ETHER_TYPES, 0x600, 0xffff)),
    IP_PROTOCOL(text -> named(text, Words.IP_PROTOCOLS, 0, 0xff)),
    ARP_OPCODE(text -> named(text, Words.ARP_OPCODES, 0, 0xffff)),
    /** Whatever libvirt does not know for true is false. */
    BOOLEAN(text -> text.matches("(?i)true|yes|1") ? "true" : "false"),
    STATES(text -> flags(text, Words.STATE_NAMES)),
    TCP_FLAGS(FilterValue::tcpFlags),
    SET_NAME(text -> text.matches("[a-zA-Z0-9_.:+ -]{1,31}") ? text : null),
    SET_FLAGS(text -> text.matches("(?i)(src|dst)(,(src|dst)){0,5}") ? text.toLowerCase(Locale.ROOT) : null),
    TEXT(text -> text);

    /** The words of some values; a class of their own, since the constants above refer to them. */
    private static final class Words {
        static final Map<String, Long> ETHER_TYPES =
                names(Map.of("ipv4", 0x800L, "arp", 0x806L, "rarp", 0x8035L, "vlan", 0x8100L, "ipv6", 0x86ddL));

        static final Map<String, Long> IP_PROTOCOLS = names(Map.of(
                "tcp", 6L, "udp", 17L, "udplite", 136L, "esp", 50L, "ah", 51L, "icmp", 1L, "igmp", 2L, "sctp", 132L,
                "icmpv6", 58L));

        static final Map<String, Long> ARP_OPCODES = names(Map.of(
                "Request",
                1L,
                "Reply",
                2L,
                "Request_Reverse",
                3L,
                "Reply_Reverse",
                4L,
                "DRARP_Request",
                5L,
                "DRARP_Reply",
                6L,
                "DRARP_Error",
                7L,
                "InARP_Request",
                8L,
                "ARP_NAK",
                9L));

        static final List<String> STATE_NAMES = List.of("NEW", "ESTABLISHED", "RELATED", "INVALID");
        static final List<String> TCP_NAMES = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG");
    }

    /** libvirt's pattern of a variable's name is wider than its schema's: it may be empty. */
    private static final Pattern VARIABLE = Pattern.compile("\\$ *[a-zA-Z0-9_]*(\\[ *@? *[0-9a-zA-Z_]+ *\\])? *");

    private static final Pattern MAC_TEXT = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

    private final UnaryOperator<String> form;

    /** @param form null for a text that is no such value */
    FilterValue(UnaryOperator<String> form) {
        this.form = form;
    }

    /** The stored form; empty for an illegal value. A variable may stand for any value. */
    Optional<String> normalise(String text) {
        if (VARIABLE.matcher(text).matches()) {
            return Optional.of(text);
        }
        return Optional.ofNullable(form.apply(text));
    }

    private static Map<String, Long> names(Map<String, Long> numbers) {
        Map<String, Long> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(numbers);
        return anyCase;
    }

    private static String mac(String text) {
        if (!MAC_TEXT.matcher(text).matches()) {
            return null;
        }
        List<String> octets = new ArrayList<>();
        for (String octet : text.split(":")) {
            octets.add("%02x".formatted(Integer.parseInt(octet, 16)));
        }
        return String.join(":", octets);
    }

    /** Ones first, then zeros. */
    private static String macMask(String text) {
        String mac = mac(text);
        if (mac == null) {
            return null;
        }
        long bits = Long.parseLong(mac.replace(":", ""), 16);
        long inverted = ~bits & 0xffffffffffffL;
        return (inverted & inverted + 1) == 0 ? mac : null;
    }

    private static String address(String text, boolean ipv6) {
        return IpAddress.parse(text)
                .filter(address -> address.isIpv6() == ipv6)
                .map(IpAddress::toString)
                .orElse(null);
    }

    /** A prefix, or a mask that is one; stored as the prefix. */
    private static String mask(String text, boolean ipv6) {
        if (text.matches("[0-9]{1,3}")) {
            int prefix = Integer.parseInt(text);
            return prefix <= (ipv6 ? 128 : 32) ? Integer.toString(prefix) : null;
        }
        return IpAddress.parse(text)
                .filter(address -> address.isIpv6() == ipv6 && address.prefixOfMask() >= 0)
                .map(address -> Integer.toString(address.prefixOfMask()))
                .orElse(null);
    }

    /** A number keeps the base that it was written in. */
    private static String number(String text, long min, long max) {
        long number = parse(text, min, max);
        return number < 0 ? null : isHex(text.strip()) ? "0x" + Long.toHexString(number) : Long.toString(number);
    }

    private static boolean isHex(String text) {
        return text.startsWith("0x") || text.startsWith("0X");
    }

    /** @return -1 for none in the range */
    private static long parse(String text, long min, long max) {
        String digits = text.strip();
        if (!digits.matches("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}")) {
            return -1;
        }
        long number = isHex(digits) ? Long.parseLong(digits.substring(2), 16) : Long.parseLong(digits);
        return number >= min && number <= max ? number : -1;
    }

    /** A word, or a number, which is stored as its word where it has one. */
    private static String named(String text, Map<String, Long> words, long min, long max) {
        long number = words.getOrDefault(text, parse(text, min, max));
        for (Map.Entry<String, Long> entry : words.entrySet()) {
            if (entry.getValue() == number) {
                return entry.getKey();
            }
        }
        return number < 0 ? null : number(text, min, max);
    }

    /** In a fixed order, in capitals; NONE stands for no flag. */
    private static String flags(String text, List<String> names) {
        List<String> asked = new ArrayList<>();
        for (String piece : text.toUpperCase(Locale.ROOT).split(",", -1)) {
            String flag = piece.strip();
            if (!names.contains(flag) && !flag.equals("NONE")) {
                return null;
            }
            asked.add(flag);
        }
        String sorted = String.join(",", names.stream().filter(asked::contains).toList());
        return sorted.isEmpty() ? "NONE" : sorted;
    }

    /** Those that must be set, behind a slash those that are looked at. */
    private static String tcpFlags(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        String mask = tcpFlagSet(text.substring(slash + 1));
        String set = tcpFlagSet(text.substring(0, slash));
        return mask == null || set == null ? null : set + "/" + mask;
    }

    private static String tcpFlagSet(String text) {
        if (text.strip().equalsIgnoreCase("ALL")) {
            return "ALL";
        }
        String flags = flags(text, Words.TCP_NAMES);
        return String.join(",", Words.TCP_NAMES).equals(flags) ? "ALL" : flags;
    }
}
