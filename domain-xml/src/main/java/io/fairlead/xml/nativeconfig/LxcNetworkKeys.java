package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys of one network device. */
final class LxcNetworkKeys {
    private static final Set<String> MACVLAN_MODES = Set.of("private", "vepa", "bridge");

    private final String prefix;
    private final List<LxcConfig.Entry> entries = new ArrayList<>();

    private LxcNetworkKeys(int index) {
        this.prefix = "lxc.net." + index + ".";
    }

    /** For an interface, or a host device of type net. */
    static List<LxcConfig.Entry> of(int index, XmlElement device) {
        LxcNetworkKeys keys = new LxcNetworkKeys(index);
        if (device.is("hostdev")) {
            keys.put("type", "phys");
            keys.put("link", device.path("source", "interface").text());
        } else {
            keys.link(device);
        }
        keys.addresses(device);
        return keys.entries;
    }

    private void put(String what, String value) {
        entries.add(new LxcConfig.Entry(prefix + what, value));
    }

    private void link(XmlElement device) {
        String type = device.attribute("type");
        XmlElement source = device.child("source");
        switch (type) {
            case "bridge" -> {
                put("type", "veth");
                put("link", source.attribute("bridge"));
            }
            case "ethernet" -> put("type", "veth");
            case "direct" -> {
                String mode = source.attribute("mode", "vepa");
                if (!MACVLAN_MODES.contains(mode)) {
                    throw XmlException.unsupported("macvlan mode '%s' cannot be written for lxc-tools".formatted(mode));
                }
                put("type", "macvlan");
                put("link", source.attribute("dev"));
                put("macvlan.mode", mode);
            }
            default -> throw XmlException.unsupported(
                    "interface of type '%s' cannot be written for lxc-tools".formatted(type));
        }
        put("hwaddr", device.child("mac").attribute("address"));
        XmlElement guest = device.child("guest");
        if (guest != null && guest.has("dev")) {
            put("name", guest.attribute("dev"));
        }
        XmlElement state = device.child("link");
        if (state != null && "up".equals(state.attribute("state"))) {
            put("flags", "up");
        }
    }

    private void addresses(XmlElement device) {
        for (XmlElement ip : device.elements("ip")) {
            String family = ip.attribute("family", "ipv4");
            String prefixLength = ip.attribute("prefix", family.equals("ipv4") ? "32" : "128");
            put(family + ".address", ip.attribute("address") + "/" + prefixLength);
        }
        for (XmlElement route : device.elements("route")) {
            String address = route.attribute("address", "");
            String length = route.attribute("prefix", "0");
            if (!(address.equals("0.0.0.0") || address.equals("::")) || !length.equals("0")) {
                throw XmlException.unsupported("route to '%s' cannot be written for lxc-tools".formatted(address));
            }
            put(route.attribute("family", "ipv4") + ".gateway", route.attribute("gateway", ""));
        }
    }
}
