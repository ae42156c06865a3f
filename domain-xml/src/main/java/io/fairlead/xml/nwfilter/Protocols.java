package io.fairlead.xml.nwfilter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The protocols that a rule can match, and the attributes of each in libvirt's order (nwfilter.rng, nwfilter_conf.c).
 */
final class Protocols {
    private static final String LINK = "srcmacaddr=MAC srcmacmask=MAC_MASK dstmacaddr=MAC dstmacmask=MAC_MASK";
    private static final String PORTS = "srcportstart=UINT16 srcportend=UINT16 dstportstart=UINT16 dstportend=UINT16";
    private static final String STATE =
            "dscp=UINT6 connlimit-above=UINT16 state=STATES ipset=SET_NAME ipsetflags=SET_FLAGS";
    private static final String FOUR = "srcipaddr=IPV4 srcipmask=IPV4_MASK dstipaddr=IPV4 dstipmask=IPV4_MASK";
    private static final String SIX = "srcipaddr=IPV6 srcipmask=IPV6_MASK dstipaddr=IPV6 dstipmask=IPV6_MASK";
    private static final String OVER_FOUR =
            "srcmacaddr=MAC " + FOUR + " srcipfrom=IPV4 srcipto=IPV4 dstipfrom=IPV4 dstipto=IPV4 " + STATE;
    private static final String OVER_SIX =
            "srcmacaddr=MAC " + SIX + " srcipfrom=IPV6 srcipto=IPV6 dstipfrom=IPV6 dstipto=IPV6 " + STATE;
    private static final String ARP = LINK
            + " hwtype=UINT16 protocoltype=UINT16 opcode=ARP_OPCODE arpsrcmacaddr=MAC arpdstmacaddr=MAC "
            + "arpsrcipaddr=IPV4"
            + " arpsrcipmask=IPV4_MASK arpdstipaddr=IPV4 arpdstipmask=IPV4_MASK gratuitous=BOOLEAN";
    private static final String STP = "srcmacaddr=MAC srcmacmask=MAC_MASK type=UINT8 flags=UINT8 root-priority=UINT16"
            + " root-priority-hi=UINT16 root-address=MAC root-address-mask=MAC_MASK root-cost=UINT32 "
            + "root-cost-hi=UINT32"
            + " sender-priority=UINT16 sender-priority-hi=UINT16 sender-address=MAC "
            + "sender-address-mask=MAC_MASK port=UINT16"
            + " port-hi=UINT16 age=UINT16 age-hi=UINT16 max-age=UINT16 max-age-hi=UINT16 hello-time=UINT16"
            + " hello-time-hi=UINT16 forward-delay=UINT16 forward-delay-hi=UINT16";
    private static final String ICMP = " type=UINT8 code=UINT8";

    private static final Map<String, Map<String, FilterValue>> ATTRIBUTES = Map.ofEntries(
            protocol("mac", LINK + " protocolid=ETHER_TYPE"),
            protocol("vlan", LINK + " vlanid=UINT12 encap-protocol=ETHER_TYPE"),
            protocol("stp", STP),
            protocol("arp", ARP),
            protocol("rarp", ARP),
            protocol("ip", LINK + " " + FOUR + " protocol=IP_PROTOCOL " + PORTS + " dscp=UINT6"),
            protocol(
                    "ipv6",
                    LINK + " " + SIX + " protocol=IP_PROTOCOL " + PORTS
                            + " type=UINT8 typeend=UINT8 code=UINT8 codeend=UINT8"),
            protocol("tcp", OVER_FOUR + " " + PORTS + " flags=TCP_FLAGS"),
            protocol("udp", OVER_FOUR + " " + PORTS),
            protocol("sctp", OVER_FOUR + " " + PORTS),
            protocol("icmp", OVER_FOUR + ICMP),
            protocol("igmp", OVER_FOUR),
            protocol("all", OVER_FOUR),
            protocol("esp", OVER_FOUR),
            protocol("ah", OVER_FOUR),
            protocol("udplite", OVER_FOUR),
            protocol("tcp-ipv6", OVER_SIX + " " + PORTS + " flags=TCP_FLAGS"),
            protocol("udp-ipv6", OVER_SIX + " " + PORTS),
            protocol("sctp-ipv6", OVER_SIX + " " + PORTS),
            protocol("icmpv6", OVER_SIX + ICMP),
            protocol("all-ipv6", OVER_SIX),
            protocol("esp-ipv6", OVER_SIX),
            protocol("ah-ipv6", OVER_SIX),
            protocol("udplite-ipv6", OVER_SIX));

    private Protocols() {}

    private static Map.Entry<String, Map<String, FilterValue>> protocol(String name, String attributes) {
        Map<String, FilterValue> values = new LinkedHashMap<>();
        for (String attribute : (attributes + " comment=TEXT").split(" +")) {
            String[] parts = attribute.split("=");
            values.put(parts[0], FilterValue.valueOf(parts[1]));
        }
        return Map.entry(name, values);
    }

    static boolean has(String protocol) {
        return ATTRIBUTES.containsKey(protocol);
    }

    /** The attributes of a protocol that there is, in order. */
    static Map<String, FilterValue> attributes(String protocol) {
        return ATTRIBUTES.get(protocol);
    }

    static List<String> names() {
        return ATTRIBUTES.keySet().stream().sorted().toList();
    }
}
