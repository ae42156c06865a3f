package io.fairlead.xml.domain.model;

import io.fairlead.xml.network.model.Bandwidth;
import io.fairlead.xml.network.model.VirtualPort;
import io.fairlead.xml.network.model.Vlan;
import io.fairlead.xml.nwfilter.FilterReference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@code <interface>}.
 *
 * @param type libvirt's word: network, bridge, ethernet, direct, user
 * @param source the network, bridge or host device
 * @param sourceMode of a direct interface: vepa, bridge, private, passthrough
 * @param portGroup of the network, {@code <source portgroup>}
 * @param hostName of the link on the host, {@code <target dev>}
 * @param guestName of the link inside, {@code <guest dev>}
 * @param linkUp {@code <link state>}, empty when the definition does not say
 * @param mtuBytes empty: that of the network, or the kernel's default
 * @param alias the client's own name for the device, {@code <alias name='ua-...'>}
 * @param isolated whether other isolated ports of its bridge do not see it
 * @param ips addresses inside, without a DHCP client
 * @param routes routes inside
 * @param hostIps addresses of the link on the host, {@code <source><ip>}
 * @param hostRoutes routes over the link on the host
 */
public record NetworkInterface(
        String type,
        String mac,
        Optional<String> source,
        Optional<String> sourceMode,
        Optional<String> portGroup,
        Optional<String> hostName,
        Optional<String> guestName,
        Optional<Boolean> linkUp,
        OptionalLong mtuBytes,
        Optional<String> alias,
        boolean isolated,
        List<Ip> ips,
        List<Route> routes,
        List<Ip> hostIps,
        List<Route> hostRoutes,
        Optional<FilterReference> filter,
        Optional<Bandwidth> bandwidth,
        Optional<Vlan> vlan,
        Optional<VirtualPort> virtualPort) {
    public NetworkInterface {
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
        hostIps = List.copyOf(hostIps);
        hostRoutes = List.copyOf(hostRoutes);
    }

    /**
     * {@code <ip>}.
     *
     * @param prefix 0..32 or 0..128; empty: that of the address's class
     * @param peer of a point-to-point link
     */
    public record Ip(String address, OptionalInt prefix, Optional<String> peer) {}

    /**
     * {@code <route>}.
     *
     * @param address of the network, 0.0.0.0 or :: for the default
     * @param netmask IPv4's older form of a prefix
     */
    public record Route(
            String address, OptionalInt prefix, Optional<String> netmask, String gateway, OptionalLong metric) {}
}
