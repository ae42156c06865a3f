package io.fairlead.linux.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address. Unlike {@link InetAddress}, it never asks a name server, and an IPv6 address that has an
 * IPv4 address in it stays an IPv6 address.
 */
public final class IpAddress {
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final int MAPPED_AT = 10; // ::ffff:a.b.c.d: ten zeros, two bytes ff, the IPv4 address

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 4 or 16 bytes */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("address: %d bytes (expected: 4 or 16)".formatted(bytes.length));
        }
        return new IpAddress(bytes.clone());
    }

    /** @param text such as {@code 192.0.2.1} or {@code 2001:db8::1}, without a zone */
    public static IpAddress parse(String text) {
        try {
            if (DOTTED.matcher(text).matches()) {
                return new IpAddress(InetAddress.getByName(text).getAddress());
            }
            if (COLONS.matcher(text).matches()) {
                byte[] parsed = InetAddress.getByName(text).getAddress();
                return new IpAddress(parsed.length == 16 ? parsed : mapped(parsed));
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: '%s'".formatted(text), e);
        }
        throw new IllegalArgumentException(
                "address: '%s' (expected: such as 192.0.2.1 or 2001:db8::1)".formatted(text));
    }

    /** {@code 0.0.0.0} or {@code ::}. */
    static IpAddress unspecified(boolean v6) {
        return new IpAddress(new byte[v6 ? 16 : 4]);
    }

    private static byte[] mapped(byte[] v4) {
        byte[] all = new byte[16];
        all[MAPPED_AT] = (byte) 0xff;
        all[MAPPED_AT + 1] = (byte) 0xff;
        System.arraycopy(v4, 0, all, MAPPED_AT + 2, v4.length);
        return all;
    }

    public boolean v6() {
        return bytes.length == 16;
    }

    /** 32 or 128. */
    public int bits() {
        return bytes.length * 8;
    }

    /** A copy, in network order: 4 or 16. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Numbers only: {@code 192.0.2.1}, or eight groups without leading zeros such as {@code 2001:db8:0:0:0:0:0:1}. */
    @Override
    public String toString() {
        try {
            InetAddress address = v6() ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }
}
