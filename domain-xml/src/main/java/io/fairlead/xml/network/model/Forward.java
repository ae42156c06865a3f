package io.fairlead.xml.network.model;

import io.fairlead.xml.value.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * {@code <forward>}.
 *
 * @param interfaces devices of the host, the first of them the one that {@code <forward dev>} names
 * @param physicalFunction the device whose virtual functions are given out
 * @param pciAddresses in libvirt's notation in Linux' form, such as {@code 0000:03:05.1}
 */
public record Forward(
        ForwardMode mode,
        List<String> interfaces,
        Optional<String> physicalFunction,
        List<String> pciAddresses,
        boolean managed,
        Nat nat) {
    public Forward {
        interfaces = List.copyOf(interfaces);
        pciAddresses = List.copyOf(pciAddresses);
    }

    /** @param ipv6 whether IPv6 is translated, too; empty ranges leave the choice to the kernel */
    public record Nat(boolean ipv6, Optional<AddressRange> addresses, Optional<PortRange> ports) {
        public static final Nat PLAIN = new Nat(false, Optional.empty(), Optional.empty());
    }

    /** Both ends included; start is not behind end. */
    public record AddressRange(IpAddress start, IpAddress end) {}

    /** Both ends included, 0..65535. */
    public record PortRange(int start, int end) {}
}
