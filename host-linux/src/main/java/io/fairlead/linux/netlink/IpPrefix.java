package io.fairlead.linux.netlink;

/**
 * An address and the number of its leading bits that name the subnet. The other bits may be set, as an interface's
 * address has them.
 *
 * @param length 0..32 for IPv4, 0..128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) {
    public IpPrefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException(
                    "prefix of %s: %d (expected: 0..%d)".formatted(address, length, address.bits()));
        }
    }

    /** @param text such as {@code 192.0.2.1/24}; without a slash, the whole address is the prefix */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpPrefix(address, address.bits());
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("prefix: '%s' (expected: a number after the slash)".formatted(text));
        }
        return new IpPrefix(address, Integer.parseInt(length));
    }

    /** All addresses: {@code 0.0.0.0/0} or {@code ::/0}. */
    public static IpPrefix all(boolean v6) {
        return new IpPrefix(IpAddress.unspecified(v6), 0);
    }

    /** The same subnet with all bits behind the prefix cleared. */
    public IpPrefix network() {
        byte[] bytes = address.bytes();
        for (int bit = length; bit < address.bits(); bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new IpPrefix(IpAddress.of(bytes), length);
    }

    /** Whether the address is of this family and has these leading bits. */
    public boolean contains(IpAddress other) {
        return other.v6() == address.v6()
                && new IpPrefix(other, length).network().equals(network());
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
