package io.fairlead.xml.value;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address. Immutable; prints in the shortest form, as inet_ntop does. No name is ever looked up.
 *
 * <p>C's older forms of IPv4 (two numbers, octal digits, which libvirt's getaddrinfo reads) are no addresses here: two
 * readers disagree about what they mean.
 */
public final class IpAddress implements Comparable<IpAddress> {
    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
    private static final int GROUPS = 8;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address that a text names; empty when it names none. A zone (%eth0) is refused, too. */
    public static Optional<IpAddress> parse(String text) {
        byte[] bytes = text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
        return Optional.ofNullable(bytes).map(IpAddress::new);
    }

    private static byte[] ipv4(String text) {
        if (!IPV4.matcher(text).matches()) {
            return null;
        }
        String[] parts = text.split("\\.");
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            int octet = Integer.parseInt(parts[i]);
            if (octet > 255) {
                return null;
            }
            bytes[i] = (byte) octet;
        }
        return bytes;
    }

    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] whole = groups(text);
            return whole != null && whole.length == 2 * GROUPS ? whole : null;
        }
        byte[] head = gap == 0 ? new byte[0] : groups(text.substring(0, gap));
        String rest = text.substring(gap + 2);
        byte[] tail = rest.isEmpty() ? new byte[0] : groups(rest);
        // The tail alone may end in dotted form; a head that does leaves no room for the gap's colon.
        if (head == null || tail == null || text.substring(0, gap).indexOf('.') >= 0) {
            return null;
        }
        if (head.length + tail.length > 2 * GROUPS - 2) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 2 * GROUPS);
        System.arraycopy(tail, 0, bytes, 2 * GROUPS - tail.length, tail.length);
        return bytes;
    }

    /** Groups of up to four hexadecimal digits between colons; the last one may be an IPv4 address. */
    private static byte[] groups(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        byte[] bytes = new byte[2 * GROUPS + 2];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] last = ipv4(parts[i]);
                if (last == null) {
                    return null;
                }
                System.arraycopy(last, 0, bytes, length, last.length);
                length += last.length;
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                int group = Integer.parseInt(parts[i], 16);
                bytes[length++] = (byte) (group >> 8);
                bytes[length++] = (byte) group;
            } else {
                return null;
            }
        }
        return length > 2 * GROUPS ? null : Arrays.copyOf(bytes, length);
    }

    public boolean isIpv6() {
        return bytes.length != 4;
    }

    /** 32 or 128. */
    public int bits() {
        return bytes.length * 8;
    }

    /** In network byte order, 4 or 16. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The first address of the network with this prefix. @param prefix 0..{@link #bits()} */
    public IpAddress network(int prefix) {
        byte[] masked = bytes.clone();
        for (int bit = prefix; bit < bits(); bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new IpAddress(masked);
    }

    /** The last address of the network with this prefix: in IPv4, its broadcast address. */
    public IpAddress last(int prefix) {
        byte[] filled = bytes.clone();
        for (int bit = prefix; bit < bits(); bit++) {
            filled[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new IpAddress(filled);
    }

    /** Whether both are of one family and in one network of this prefix. */
    public boolean sharesNetwork(IpAddress other, int prefix) {
        return bits() == other.bits() && network(prefix).equals(other.network(prefix));
    }

    /** The prefix that this netmask stands for, or -1 when its ones do not come first. */
    public int prefixOfMask() {
        int ones = 0;
        while (ones < bits() && (bytes[ones / 8] & 0x80 >> ones % 8) != 0) {
            ones++;
        }
        return equals(last(0).network(ones)) ? ones : -1;
    }

    /** How far the other address is behind this one of the same family; negative when it is in front. */
    public BigInteger distanceTo(IpAddress other) {
        return new BigInteger(1, other.bytes).subtract(new BigInteger(1, bytes));
    }

    /** IPv4 in front of IPv6. */
    @Override
    public int compareTo(IpAddress other) {
        return bytes.length == other.bytes.length
                ? Arrays.compareUnsigned(bytes, other.bytes)
                : Integer.compare(bytes.length, other.bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return isIpv6() ? ipv6Text() : dotted(0);
    }

    private String dotted(int from) {
        return "%d.%d.%d.%d"
                .formatted(bytes[from] & 0xff, bytes[from + 1] & 0xff, bytes[from + 2] & 0xff, bytes[from + 3] & 0xff);
    }

    private int group(int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }

    /** The longest run of two zero groups or more becomes "::", the first of several; mapped IPv4 stays dotted. */
    private String ipv6Text() {
        int gap = -1;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - start > gapLength) {
                gap = start;
                gapLength = end - start;
            }
        }
        boolean dotted = gap == 0 && (gapLength == 6 || gapLength == 5 && group(5) == 0xffff);
        int end = dotted ? 6 : GROUPS;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (i == gap) {
                out.append("::");
                i += gapLength - 1;
            } else {
                out.append(i == 0 || i == gap + gapLength && gap >= 0 ? "" : ":")
                        .append(Integer.toHexString(group(i)));
            }
        }
        if (dotted) {
            out.append(gapLength == 6 ? "" : ":").append(dotted(12));
        }
        return out.toString();
    }
}
