package io.fairlead.xml.network.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * {@code <network>}.
 *
 * @param ipv6BetweenGuests whether guests may speak IPv6 with each other on a network without an IPv6 address
 * @param mtuBytes empty: the kernel's default
 * @param mac of the bridge
 * @param portsIsolated whether guests see the bridge and not each other
 * @param dnsmasqOptions lines for dnsmasq's configuration, as they were written
 */
public record NetworkDefinition(
        String name,
        UUID uuid,
        boolean ipv6BetweenGuests,
        Optional<Boolean> trustGuestRxFilters,
        Forward forward,
        Bridge bridge,
        OptionalLong mtuBytes,
        Optional<String> mac,
        Optional<NetworkDomain> domain,
        Dns dns,
        List<NetworkIp> ips,
        List<Route> routes,
        Optional<Bandwidth> bandwidth,
        Optional<Vlan> vlan,
        Optional<VirtualPort> virtualPort,
        boolean portsIsolated,
        List<PortGroup> portGroups,
        List<String> dnsmasqOptions) {
    public NetworkDefinition {
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
        portGroups = List.copyOf(portGroups);
        dnsmasqOptions = List.copyOf(dnsmasqOptions);
    }

    /** {@code <domain>}. @param localOnly whether its names are never asked upstream */
    public record NetworkDomain(String name, boolean localOnly) {}
}
