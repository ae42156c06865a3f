package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The kernel's own, by one socket that stays open. */
public final class KernelNetworkStack implements NetworkStack {
    private final NetlinkSocket socket;
    private final Fd namespace;
    private boolean closed;

    private KernelNetworkStack(NetlinkSocket socket, Fd namespace) {
        this.socket = socket;
        this.namespace = namespace;
    }

    /**
     * That of a network namespace, which it keeps alive until closed. The descriptor may be closed at once.
     *
     * @throws IOException EPERM without CAP_SYS_ADMIN
     */
    public static KernelNetworkStack open(Fd namespace) throws IOException {
        Fd kept = namespace.duplicate();
        try {
            NetlinkSocket socket = NetworkNamespace.within(kept, () -> NetlinkSocket.open(0));
            return new KernelNetworkStack(socket, kept);
        } catch (IOException e) {
            kept.close();
            throw e;
        }
    }

    @Override
    public void create(LinkKind kind, LinkSettings settings) throws IOException {
        socket.exchange(LinkCodec.create(kind, settings), kind.kernelName() + " " + settings.name());
    }

    @Override
    public void change(int index, LinkSettings settings) throws IOException {
        socket.exchange(LinkCodec.change(index, settings), "link " + index);
    }

    @Override
    public void changeBridge(int index, LinkKind.Bridge bridge) throws IOException {
        socket.exchange(LinkCodec.changeBridge(index, bridge), "link " + index);
    }

    @Override
    public void changePort(int index, BridgePort port) throws IOException {
        socket.exchange(LinkCodec.changePort(index, port), "link " + index);
    }

    @Override
    public void delete(int index) throws IOException {
        socket.exchange(LinkCodec.delete(index), "link " + index);
    }

    @Override
    public List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (NetlinkMessage message : socket.exchange(LinkCodec.list(), "all links")) {
            links.add(LinkCodec.read(message));
        }
        links.sort(Comparator.comparingInt(Link::index));
        return links;
    }

    @Override
    public Optional<Link> link(String name) throws IOException {
        // No link has such a name; the kernel would refuse it with various errors, or cut it short.
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > LinkName.BYTES_MAX) {
            return Optional.empty();
        }
        return one(LinkCodec.get(name), name);
    }

    @Override
    public Optional<Link> link(int index) throws IOException {
        return index < 1 ? Optional.empty() : one(LinkCodec.get(index), "link " + index);
    }

    private Optional<Link> one(RequestWriter request, String subject) throws IOException {
        try {
            List<NetlinkMessage> answer = socket.exchange(request, subject);
            if (answer.isEmpty()) {
                throw new ProtocolException("no link in the answer about " + subject);
            }
            return Optional.of(LinkCodec.read(answer.get(0)));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void add(LinkAddress address) throws IOException {
        socket.exchange(AddressCodec.add(address), address.prefix().toString());
    }

    @Override
    public void replace(LinkAddress address) throws IOException {
        socket.exchange(AddressCodec.replace(address), address.prefix().toString());
    }

    @Override
    public void delete(LinkAddress address) throws IOException {
        socket.exchange(AddressCodec.delete(address), address.prefix().toString());
    }

    @Override
    public List<LinkAddress> addresses() throws IOException {
        List<LinkAddress> addresses = new ArrayList<>();
        for (NetlinkMessage message : socket.exchange(AddressCodec.list(), "all addresses")) {
            if (AddressCodec.known(message)) {
                addresses.add(AddressCodec.read(message));
            }
        }
        return addresses;
    }

    @Override
    public void add(Route route) throws IOException {
        socket.exchange(RouteCodec.add(route), route.destination().toString());
    }

    @Override
    public void replace(Route route) throws IOException {
        socket.exchange(RouteCodec.replace(route), route.destination().toString());
    }

    @Override
    public void delete(Route route) throws IOException {
        socket.exchange(RouteCodec.delete(route), route.destination().toString());
    }

    @Override
    public List<Route> routes() throws IOException {
        List<Route> routes = new ArrayList<>();
        for (NetlinkMessage message : socket.exchange(RouteCodec.list(), "all routes")) {
            RouteCodec.read(message).ifPresent(routes::add);
        }
        return routes;
    }

    @Override
    public void replace(Neighbour neighbour) throws IOException {
        socket.exchange(NeighbourCodec.replace(neighbour), neighbour.address().toString());
    }

    @Override
    public void delete(Neighbour neighbour) throws IOException {
        socket.exchange(NeighbourCodec.delete(neighbour), neighbour.address().toString());
    }

    @Override
    public List<Neighbour> neighbours() throws IOException {
        List<Neighbour> neighbours = new ArrayList<>();
        for (NetlinkMessage message : socket.exchange(NeighbourCodec.list(), "all neighbours")) {
            if (AddressCodec.known(message)) {
                neighbours.add(NeighbourCodec.read(message));
            }
        }
        return neighbours;
    }

    @Override
    public synchronized NetworkChanges subscribe() throws IOException {
        if (closed) {
            throw new IOException("the stack of %s is closed".formatted(namespace.name()));
        }
        return KernelNetworkChanges.open(namespace);
    }

    @Override
    public synchronized void close() { // not while a thread visits the namespace by this descriptor
        closed = true;
        socket.close();
        namespace.close();
    }
}
