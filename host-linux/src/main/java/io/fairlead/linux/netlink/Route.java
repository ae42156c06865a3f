package io.fairlead.linux.netlink;

/**
 * A unicast route of the main table.
 *
 * @param destination with no bits set behind the prefix
 * @param gateway of the same family, or null if the destination is on the link itself
 * @param link index; 0 when a route is added: where the gateway is
 * @param metric unsigned; the lowest wins. 0 stands for the kernel's own: 0 for IPv4, 1024 for IPv6.
 */
public record Route(IpPrefix destination, IpAddress gateway, int link, int metric) {
    public Route {
        if (!destination.equals(destination.network())) {
            throw new IllegalArgumentException(
                    "destination: %s (expected: %s)".formatted(destination, destination.network()));
        }
        if (gateway != null && gateway.v6() != destination.address().v6()) {
            throw new IllegalArgumentException("route to %s: gateway %s".formatted(destination, gateway));
        }
    }

    /** The way to everywhere. */
    public static Route byDefault(IpAddress gateway, int link) {
        return new Route(IpPrefix.all(gateway.v6()), gateway, link, 0);
    }

    public Route withMetric(int changed) {
        return new Route(destination, gateway, link, changed);
    }
}
