package io.fairlead.xml.network.model;

import io.fairlead.xml.value.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code <dhcp>}. */
public record Dhcp(List<Range> ranges, List<Host> hosts, Optional<Boot> boot) {
    public Dhcp {
        ranges = List.copyOf(ranges);
        hosts = List.copyOf(hosts);
    }

    /** A lease time of 0 is for ever; none means the server's own. */
    public record Range(IpAddress start, IpAddress end, OptionalLong leaseSeconds) {}

    /**
     * A reservation.
     *
     * @param mac as it was written
     * @param id a DHCPv6 client's, in hexadecimal with colons
     */
    public record Host(
            Optional<String> mac,
            Optional<String> id,
            Optional<String> name,
            IpAddress address,
            OptionalLong leaseSeconds) {}

    /** A file to boot from, on this host unless a server is named. */
    public record Boot(String file, Optional<IpAddress> server) {}
}
