package io.fairlead.xml.network;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code <forward>}: how a network reaches the world, and through which devices. */
final class ForwardRules {
    private static final Set<String> MODES =
            Set.of(NetworkMode.NONE, "nat", "route", "open", "bridge", "private", "vepa", "passthrough", "hostdev");

    private static final Set<String> DRIVERS = Set.of("default", "kvm", "vfio", "xen");

    private static final int PORT_MAX = 65535;

    private ForwardRules() {}

    /** The normalised element; null for mode none, which libvirt stores by leaving the element out. */
    static XmlElement forward(XmlElement forward, String network) {
        String mode = forward.attribute("mode", "nat");
        if (!MODES.contains(mode)) {
            throw XmlException.unsupported("unknown forwarding type '%s'".formatted(mode));
        }
        if (mode.equals(NetworkMode.NONE)) {
            return null;
        }
        checkNat(forward, mode, network);
        checkDriver(forward, network);
        XmlElement checked = devices(forward, mode, network).with("mode", mode);
        return mode.equals("hostdev")
                ? checked.with("managed", forward.attribute("managed", "no").equals("yes") ? "yes" : "no")
                : checked.without("managed");
    }

    private static void checkDriver(XmlElement forward, String network) {
        XmlElement driver = forward.child("driver");
        String name = driver == null ? null : driver.attribute("name");
        if (name != null && !DRIVERS.contains(name)) {
            throw XmlException.unsupported(
                    "Unknown forward <driver name='%s'/> in network %s".formatted(name, network));
        }
    }

    /** Interfaces are listed by name, by PCI address, or as the virtual functions of a physical one: never mixed. */
    private static XmlElement devices(XmlElement forward, String mode, String network) {
        List<XmlElement> interfaces = forward.elements("interface");
        List<XmlElement> addresses = forward.elements("address");
        List<XmlElement> physical = forward.elements("pf");
        if (physical.size() > 1) {
            throw XmlException.malformed("Only one <pf> element is allowed in <forward> of network " + network);
        }
        if (!physical.isEmpty() && !physical.get(0).has("dev")) {
            throw XmlException.malformed(
                    "Missing required dev attribute in <pf> element of network '%s'".formatted(network));
        }
        String dev = forward.attribute("dev");
        if (interfaces.isEmpty() && (!addresses.isEmpty() || !physical.isEmpty())) {
            if (dev != null) {
                // libvirt forgets to put the network's name into this sentence; the %s reaches its clients.
                throw XmlException.malformed("the <forward> 'dev' attribute cannot be used when <address> or <pf> "
                        + "sub-elements are present in network %s");
            }
            return checkMode(
                    forward.mapElements(child -> child.is("address") ? pci(child, network) : child), mode, network);
        }
        if (!interfaces.isEmpty()) {
            checkInterfaces(interfaces, network);
            String first = interfaces.get(0).attribute("dev");
            if (dev != null && !dev.equals(first)) {
                throw XmlException.malformed("<forward dev='%s'> must match first <interface dev='%s'/> in network %s"
                        .formatted(dev, first, network));
            }
            dev = first;
        }
        if (dev == null) {
            return checkMode(forward, mode, network);
        }
        String link = dev;
        XmlElement named = forward.minus(child -> child.is("pf"))
                .with("dev", link)
                .mapElements(child -> child.is("interface") ? child.without("connections") : child);
        return checkMode(
                interfaces.isEmpty() ? named.plus(XmlElement.of("interface").with("dev", link)) : named, mode, network);
    }

    private static void checkInterfaces(List<XmlElement> interfaces, String network) {
        Set<String> seen = new HashSet<>();
        for (XmlElement one : interfaces) {
            String dev = one.attribute("dev", "");
            if (dev.isEmpty()) {
                throw XmlException.malformed(
                        "Missing required dev attribute in <forward> <interface> element of network " + network);
            }
            if (!seen.add(dev)) {
                throw XmlException.malformed(
                        "interface '%s' can only be listed once in network %s".formatted(dev, network));
            }
        }
    }

    private static XmlElement checkMode(XmlElement forward, String mode, String network) {
        List<XmlElement> interfaces = forward.elements("interface");
        boolean hostdev = mode.equals("hostdev");
        if (hostdev && !interfaces.isEmpty()) {
            throw XmlException.unsupported(
                    ("hostdev network '%s' lists '%s' in the device pool, but hostdev networks require all "
                                    + "devices to be listed by PCI address, not network device name")
                            .formatted(network, interfaces.get(0).attribute("dev")));
        }
        if (!hostdev && forward.child("address") != null) {
            throw XmlException.unsupported(
                    ("network '%s' has forward mode '%s'  but lists a device by PCI address in the device pool. "
                                    + "This is only supported for networks with forward mode 'hostdev'")
                            .formatted(network, mode));
        }
        if (mode.equals("open") && !interfaces.isEmpty()) {
            throw XmlException.malformed(
                    "forward dev not allowed for network '%s' with forward mode='open'".formatted(network));
        }
        if ((mode.equals("nat") || mode.equals("route")) && interfaces.size() > 1) {
            throw tooMany(network);
        }
        return forward;
    }

    static XmlException tooMany(String network) {
        return XmlException.malformed(
                "multiple forwarding interfaces specified for network '%s', only one is supported".formatted(network));
    }

    private static XmlElement pci(XmlElement address, String network) {
        String type = address.attribute("type");
        if (type == null) {
            throw XmlException.malformed("missing address type in network " + network);
        }
        if (!type.equals("pci")) {
            throw XmlException.unsupported("unknown address type '%s' in network %s".formatted(type, network));
        }
        return PciAddresses.normalise(address.without("connections"));
    }

    private static void checkNat(XmlElement forward, String mode, String network) {
        List<XmlElement> nats = forward.elements("nat");
        if (nats.size() > 1) {
            throw XmlException.malformed("Only one <nat> element is allowed in <forward> of network " + network);
        }
        if (nats.isEmpty()) {
            return;
        }
        if (!mode.equals("nat")) {
            throw XmlException.malformed(
                    "The <nat> element can only be used when <forward> 'mode' is 'nat' in network " + network);
        }
        XmlElement nat = nats.get(0);
        LinkRules.requireYesNo(nat, "ipv6");
        checkAddresses(only(nat, "address", network), network);
        checkPorts(only(nat, "port", network), network);
    }

    private static Optional<XmlElement> only(XmlElement nat, String child, String network) {
        List<XmlElement> found = nat.elements(child);
        if (found.size() > 1) {
            throw XmlException.malformed(
                    "Only one <%s> element is allowed in <nat> in <forward> in network %s".formatted(child, network));
        }
        return found.stream().findFirst();
    }

    private static void checkAddresses(Optional<XmlElement> range, String network) {
        if (range.isEmpty()) {
            return;
        }
        for (String end : List.of("start", "end")) {
            if (!range.get().has(end)) {
                throw XmlException.malformed(
                        "missing '%s' attribute in <address> element in <nat> in <forward> in network %s"
                                .formatted(end, network));
            }
        }
        IpAddress start = ipv4(range.get(), "start", network);
        IpAddress end = ipv4(range.get(), "end", network);
        if (start.compareTo(end) > 0) {
            throw internal("range %s - %s is reversed ".formatted(start, end));
        }
    }

    private static IpAddress ipv4(XmlElement range, String which, String network) {
        return IpAddress.parse(range.attribute(which))
                .filter(address -> !address.isIpv6())
                .orElseThrow(
                        () -> XmlException.malformed("Bad ipv4 %s address '%s' in <nat> in <forward> in network '%s'"
                                .formatted(which, range.attribute(which), network)));
    }

    private static void checkPorts(Optional<XmlElement> range, String network) {
        if (range.isEmpty()) {
            return;
        }
        long start = LinkRules.number(range.get().attribute("start", ""), PORT_MAX);
        if (start < 0) {
            throw badPort("start", network);
        }
        if (LinkRules.number(range.get().attribute("end", ""), PORT_MAX) < start) {
            throw badPort("end", network);
        }
    }

    private static XmlException badPort(String which, String network) {
        return new XmlException(
                XmlErrorKind.XML_DETAIL,
                "Missing or invalid '%s' attribute in <port> in <nat> in <forward> in network %s"
                        .formatted(which, network));
    }

    static XmlException internal(String detail) {
        return new XmlException(XmlErrorKind.INTERNAL_ERROR, detail).from(XmlOrigin.VALUE);
    }

    /** Without a driver and a nat that say nothing, and without port 0, which is libvirt's word for none. */
    static XmlElement withoutHollowParts(XmlElement forward) {
        return forward.mapElements(child -> {
            if (child.is("driver") && !child.has("name")) {
                return null;
            }
            if (!child.is("nat")) {
                return child;
            }
            XmlElement rest = child.minus(part -> part.is("port")
                    && LinkRules.number(part.attribute("start", ""), PORT_MAX) == 0
                    && LinkRules.number(part.attribute("end", ""), PORT_MAX) == 0);
            return rest.attributes().isEmpty() && rest.children().isEmpty() ? null : rest;
        });
    }
}
