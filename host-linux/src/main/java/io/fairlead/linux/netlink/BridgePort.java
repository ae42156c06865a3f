package io.fairlead.linux.netlink;

/**
 * What can be set of a port of a bridge. A null leaves it as it is.
 *
 * @param isolated whether it can reach only ports that are not isolated
 * @param hairpin whether a frame may leave by the port that it came from
 * @param learning whether the bridge learns addresses from it
 * @param unicastFlood whether it gets frames to addresses that the bridge has not learned
 */
public record BridgePort(Boolean isolated, Boolean hairpin, Boolean learning, Boolean unicastFlood) {
    public static BridgePort isolated(boolean isolated) {
        return new BridgePort(isolated, null, null, null);
    }
}
