package io.fairlead.linux.netlink;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Links, addresses, routes and neighbours of one network namespace. A change has happened when its method returns, and
 * has not happened at all, or only in part where the method says so, when it throws.
 *
 * <p>May be used by several threads. A failure of the kernel is an {@link io.fairlead.linux.sys.ErrnoException} with
 * the kernel's own explanation, if it gave one. A malformed answer is a {@link java.net.ProtocolException}; after that,
 * or after ETIMEDOUT, it is unknown whether the change has happened, and the stack should be opened anew. Changes need
 * CAP_NET_ADMIN over the namespace, otherwise EPERM.
 */
public interface NetworkStack extends AutoCloseable {
    /**
     * Makes a link, in one step. ENODEV, EOPNOTSUPP: the kernel lacks the kind.
     *
     * @param settings with a name
     * @throws IOException EEXIST if the name is taken, there or in the namespace of a peer
     */
    void create(LinkKind kind, LinkSettings settings) throws IOException;

    /**
     * Changes a link; the kernel does it in the order namespace, address, mtu, name, master, up, and stops where it
     * fails. A link that moves is known by another index afterwards.
     *
     * @throws IOException ENODEV if there is no such link; EBUSY for a new name of a link that is up, on some kernels
     */
    void change(int index, LinkSettings settings) throws IOException;

    /** Changes a bridge. @throws IOException ENODEV; EOPNOTSUPP if it is none; ERANGE for the delay */
    void changeBridge(int index, LinkKind.Bridge bridge) throws IOException;

    /** Changes a port of a bridge. @throws IOException ENODEV; EOPNOTSUPP if it is none */
    void changePort(int index, BridgePort port) throws IOException;

    /**
     * Deletes a link, and with it the other end of a pair. @throws IOException ENODEV; EOPNOTSUPP for hardware and lo
     */
    void delete(int index) throws IOException;

    /** All links, by index. */
    List<Link> links() throws IOException;

    /** Empty if there is none. @param name any text */
    Optional<Link> link(String name) throws IOException;

    Optional<Link> link(int index) throws IOException;

    /** @throws IOException EEXIST if the link has it; ENODEV */
    void add(LinkAddress address) throws IOException;

    /** As {@link #add}, but if the link has the address, its flags change, as far as the kernel lets them. */
    void replace(LinkAddress address) throws IOException;

    /** @throws IOException EADDRNOTAVAIL if the link has no such address */
    void delete(LinkAddress address) throws IOException;

    /** Those of all links and both families. */
    List<LinkAddress> addresses() throws IOException;

    /**
     * @throws IOException EEXIST if there is a route to the destination with this metric; ENETUNREACH if the gateway is
     *     on no subnet of the link (EHOSTUNREACH for IPv6); ENETDOWN if the link is down; ENODEV
     */
    void add(Route route) throws IOException;

    /** As {@link #add}, but takes the place of a route to the same destination with the same metric. */
    void replace(Route route) throws IOException;

    /**
     * Deletes the first that matches; a link of 0, a metric of 0 and no gateway match any.
     *
     * @throws IOException ESRCH if there is none
     */
    void delete(Route route) throws IOException;

    /**
     * Unicast routes of the main table, both families, also those that the kernel made for addresses. A route with
     * several gateways has neither gateway nor link here, and one with a gateway of the other family has no gateway.
     */
    List<Route> routes() throws IOException;

    /**
     * Makes an entry, or takes the place of the one for the same address. @param neighbour with an address of hardware
     */
    void replace(Neighbour neighbour) throws IOException;

    /** @throws IOException ENOENT if there is none */
    void delete(Neighbour neighbour) throws IOException;

    /** Those of all links and both families. */
    List<Neighbour> neighbours() throws IOException;

    /** Changes from now on. */
    NetworkChanges subscribe() throws IOException;

    @Override
    void close();
}
