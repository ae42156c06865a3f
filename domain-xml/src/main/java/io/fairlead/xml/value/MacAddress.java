package io.fairlead.xml.value;

import io.fairlead.xml.tree.XmlException;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Ethernet addresses of interfaces. */
public final class MacAddress {
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private MacAddress() {}

    /**
     * The address in libvirt's form: lower case, two digits each.
     *
     * @throws XmlException for a text that is no address, or the address of a group
     */
    public static String parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw XmlException.malformed("unable to parse mac address '%s'".formatted(text));
        }
        StringBuilder out = new StringBuilder();
        for (String octet : text.split(":")) {
            out.append(out.isEmpty() ? "" : ":").append("%02x".formatted(Integer.parseInt(octet, 16)));
        }
        if ((Integer.parseInt(out.substring(0, 2), 16) & 1) != 0) {
            throw XmlException.malformed("expected unicast mac address, found multicast '%s'".formatted(text));
        }
        return out.toString();
    }

    /** A random address with the prefix libvirt uses for all but Xen and VMware: 52:54:00. */
    public static String random() {
        int tail = RANDOM.nextInt(1 << 24);
        return "52:54:00:%02x:%02x:%02x".formatted(tail >> 16, tail >> 8 & 0xff, tail & 0xff);
    }
}
