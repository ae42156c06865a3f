package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One network namespace of a {@link ModelNetwork}. Strict: it refuses with the kernel's errno what the kernel refuses,
 * and what only some kernels allow, such as a new name for a link that is up. It makes none of the addresses and routes
 * that the kernel makes for links by itself (fe80), and moves no packets.
 */
public final class ModelNetworkStack implements NetworkStack {
    private static final int MTU_DEFAULT = 1500;
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65535;
    private static final int METRIC_V6 = 1024;
    private static final int METRIC_V6_CONNECTED = 256;
    private static final LinkKind.Bridge BRIDGE_DEFAULT = new LinkKind.Bridge(false, Duration.ofSeconds(15), false);
    private static final BridgePort PORT_DEFAULT = new BridgePort(false, false, true, true);

    private static final class Device {
        ModelNetworkStack home;
        int index;
        String name;
        LinkKind kind; // null for lo
        MacAddress mac;
        int mtu = MTU_DEFAULT;
        boolean mtuKept; // of a bridge
        boolean up;
        Device master;
        Device peer;
        Device lower;
        final List<Device> uppers = new ArrayList<>(); // in any namespace
        LinkKind.Bridge bridge;
        BridgePort port;

        boolean isLo() {
            return kind == null;
        }

        Link view() {
            Device below = peer == null ? lower : peer;
            boolean carrier = up && (peer == null || peer.up) && (lower == null || lower.up);
            int flags = (up ? Link.IFF_UP : 0) | (carrier ? Link.IFF_LOWER_UP : 0) | (isLo() ? Link.IFF_LOOPBACK : 0);
            return new Link(
                    index,
                    name,
                    isLo() ? "" : kind.kernelName(),
                    flags,
                    mac,
                    null,
                    mtu,
                    master == null ? 0 : master.index,
                    below == null ? 0 : below.index,
                    new LinkStatistics(0, 0, 0, 0, 0, 0, 0, 0),
                    bridge,
                    kind instanceof LinkKind.Macvlan macvlan ? macvlan.mode() : null,
                    port);
        }
    }

    private final ModelNetwork network;
    private final Map<Integer, Device> devices = new TreeMap<>();
    private final List<LinkAddress> addresses = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<IpAddress, Map<Integer, Neighbour>> neighbours = new LinkedHashMap<>();
    private final List<ModelChanges> subscriptions = new ArrayList<>();
    private boolean closed;

    ModelNetworkStack(ModelNetwork network) {
        this.network = network;
        Device lo = new Device();
        lo.name = "lo";
        lo.mac = new MacAddress(0);
        lo.mtu = 65536;
        place(lo);
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private <T> T step(Action<T> action) throws IOException {
        synchronized (network) {
            if (closed) {
                throw new IOException("rtnetlink is closed");
            }
            return action.run();
        }
    }

    private static ErrnoException refusal(int errno, String call, Object subject) {
        return new ErrnoException(errno, call, String.valueOf(subject), "model");
    }

    private static void require(boolean condition, int errno, String call, Object subject) throws ErrnoException {
        if (!condition) {
            throw refusal(errno, call, subject);
        }
    }

    private Device existing(int index, String call) throws ErrnoException {
        Device device = devices.get(index);
        require(device != null, Errno.ENODEV, call, "link " + index);
        return device;
    }

    private Device named(String name) {
        return devices.values().stream()
                .filter(device -> device.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The lowest index above all that are there, as the kernel's next one is never lower. */
    private void place(Device device) {
        device.home = this;
        device.index = devices.keySet().stream().mapToInt(i -> i).max().orElse(0) + 1;
        devices.put(device.index, device);
    }

    @Override
    public void create(LinkKind kind, LinkSettings settings) throws IOException {
        if (settings.name() == null) {
            throw new IllegalArgumentException("a new link needs a name");
        }
        step(() -> {
            ModelNetworkStack home = settings.namespace() == null ? this : network.of(settings.namespace());
            require(home.named(settings.name()) == null, Errno.EEXIST, "RTM_NEWLINK", settings.name());
            Device device = made(kind, settings);
            Device peer = null;
            if (kind instanceof LinkKind.Veth veth) {
                LinkSettings other = veth.peer();
                ModelNetworkStack far = other.namespace() == null ? this : network.of(other.namespace());
                boolean taken = far.named(other.name()) != null
                        || far == home && settings.name().equals(other.name());
                require(!taken, Errno.EEXIST, "RTM_NEWLINK", other.name());
                peer = made(kind, other);
                peer.peer = device;
                device.peer = peer;
                far.place(peer);
            }
            if (kind instanceof LinkKind.Macvlan macvlan) {
                device.lower = existing(macvlan.lower(), "RTM_NEWLINK");
                mayStack(device.lower, macvlan.mode());
                device.lower.uppers.add(device);
                device.mac = macvlan.mode() == MacvlanMode.PASSTHRU ? device.lower.mac : device.mac;
            }
            if (kind instanceof LinkKind.Bridge bridge) {
                device.bridge = merged(BRIDGE_DEFAULT, bridge);
            }
            home.place(device);
            try {
                if (settings.master() != null) {
                    home.enslave(device, settings.master());
                }
            } catch (ErrnoException e) {
                home.vanish(device);
                if (peer != null) {
                    peer.home.vanish(peer);
                }
                throw e;
            }
            device.up = Boolean.TRUE.equals(settings.up());
            if (peer != null) {
                peer.home.changed(peer);
            }
            home.changed(device);
            return null;
        });
    }

    private Device made(LinkKind kind, LinkSettings settings) throws ErrnoException {
        Device device = new Device();
        device.name = settings.name();
        device.kind = kind;
        device.mac = settings.mac() == null ? network.newMac() : checked(settings.mac());
        device.mtu = settings.mtu() == null ? MTU_DEFAULT : checked(settings.mtu());
        return device;
    }

    private static MacAddress checked(MacAddress mac) throws ErrnoException {
        require(!mac.multicast() && mac.bits() != 0, Errno.EADDRNOTAVAIL, "RTM_NEWLINK", mac);
        return mac;
    }

    private static int checked(int mtu) throws ErrnoException {
        require(mtu >= MTU_MIN && mtu <= MTU_MAX, Errno.EINVAL, "RTM_NEWLINK", "mtu " + mtu);
        return mtu;
    }

    private void mayStack(Device lower, MacvlanMode mode) throws ErrnoException {
        require(!lower.isLo(), Errno.EINVAL, "RTM_NEWLINK", lower.name);
        require(lower.master == null, Errno.EBUSY, "RTM_NEWLINK", lower.name);
        for (Device device : lower.uppers) {
            if (device.kind instanceof LinkKind.Macvlan other) {
                boolean alone = mode == MacvlanMode.PASSTHRU || other.mode() == MacvlanMode.PASSTHRU;
                require(!alone, Errno.EINVAL, "RTM_NEWLINK", lower.name);
            }
        }
    }

    private static LinkKind.Bridge merged(LinkKind.Bridge old, LinkKind.Bridge change) throws ErrnoException {
        LinkKind.Bridge merged = new LinkKind.Bridge(
                change.stp() == null ? old.stp() : change.stp(),
                change.forwardDelay() == null ? old.forwardDelay() : change.forwardDelay(),
                change.vlanFiltering() == null ? old.vlanFiltering() : change.vlanFiltering());
        boolean inRange = merged.forwardDelay().compareTo(Duration.ofSeconds(2)) >= 0
                && merged.forwardDelay().compareTo(Duration.ofSeconds(30)) <= 0;
        require(!merged.stp() || inRange, Errno.ERANGE, "RTM_NEWLINK", merged.forwardDelay());
        return merged;
    }

    private void enslave(Device device, int master) throws ErrnoException {
        if (device.master != null) {
            Device left = device.master;
            device.master = null;
            device.port = null;
            followPorts(left);
        }
        if (master == 0) {
            return;
        }
        Device bridge = devices.get(master);
        require(bridge != null, Errno.EINVAL, "RTM_NEWLINK", "master " + master);
        require(bridge.bridge != null, Errno.EOPNOTSUPP, "RTM_NEWLINK", bridge.name);
        require(!device.isLo(), Errno.EINVAL, "RTM_NEWLINK", device.name);
        require(device.bridge == null, Errno.ELOOP, "RTM_NEWLINK", device.name);
        device.master = bridge;
        device.port = PORT_DEFAULT;
        followPorts(bridge);
    }

    private void followPorts(Device bridge) {
        if (!bridge.mtuKept) {
            bridge.mtu = devices.values().stream()
                    .filter(port -> port.master == bridge)
                    .mapToInt(port -> port.mtu)
                    .min()
                    .orElse(MTU_DEFAULT);
        }
    }

    @Override
    public void change(int index, LinkSettings settings) throws IOException {
        step(() -> {
            Device device = existing(index, "RTM_NEWLINK");
            ModelNetworkStack home = this;
            if (settings.namespace() != null && network.of(settings.namespace()) != this) {
                home = network.of(settings.namespace());
                move(device, home, settings.name());
            }
            device.mac = settings.mac() == null ? device.mac : checked(settings.mac());
            if (settings.mtu() != null && settings.mtu() != device.mtu) {
                device.mtu = checked(settings.mtu());
                device.mtuKept = true;
                if (device.master != null) {
                    home.followPorts(device.master);
                }
            }
            if (settings.name() != null && !settings.name().equals(device.name)) {
                require(!device.up, Errno.EBUSY, "RTM_NEWLINK", device.name);
                require(home.named(settings.name()) == null, Errno.EEXIST, "RTM_NEWLINK", settings.name());
                device.name = settings.name();
            }
            if (settings.master() != null) {
                home.enslave(device, settings.master());
            }
            if (settings.up() != null) {
                device.up = settings.up();
                if (!device.up) {
                    home.down(device);
                }
            }
            home.changed(device);
            return null;
        });
    }

    private void move(Device device, ModelNetworkStack home, String name) throws ErrnoException {
        require(!device.isLo() && device.bridge == null, Errno.EINVAL, "RTM_NEWLINK", device.name);
        String newName = name == null ? device.name : name;
        require(home.named(newName) == null, Errno.EEXIST, "RTM_NEWLINK", newName);
        device.up = false;
        vanish(device);
        device.master = null;
        device.port = null;
        device.name = newName;
        home.place(device);
    }

    /** The link stays, but what needs it to be up goes. */
    private void down(Device device) {
        routes.removeIf(route -> route.link() == device.index);
        forget(address -> address.prefix().address().v6() && address.link() == device.index);
        neighbours.values().forEach(entries -> entries.remove(device.index));
    }

    private void forget(Predicate<LinkAddress> which) {
        List<LinkAddress> gone = addresses.stream().filter(which).toList();
        addresses.removeAll(gone);
        gone.forEach(address -> tell(new NetworkChange.AddressGone(address)));
    }

    private void vanish(Device device) {
        down(device);
        forget(address -> address.link() == device.index);
        for (Device port : List.copyOf(devices.values())) {
            if (port.master == device) {
                port.master = null;
                port.port = null;
                changed(port);
            }
        }
        devices.remove(device.index);
        if (device.master != null) {
            followPorts(device.master);
        }
        tell(new NetworkChange.LinkGone(device.view()));
    }

    @Override
    public void changeBridge(int index, LinkKind.Bridge bridge) throws IOException {
        step(() -> {
            Device device = existing(index, "RTM_NEWLINK");
            require(device.bridge != null, Errno.EOPNOTSUPP, "RTM_NEWLINK", device.name);
            device.bridge = merged(device.bridge, bridge);
            changed(device);
            return null;
        });
    }

    @Override
    public void changePort(int index, BridgePort port) throws IOException {
        step(() -> {
            Device device = existing(index, "RTM_NEWLINK");
            require(device.port != null, Errno.EOPNOTSUPP, "RTM_NEWLINK", device.name);
            BridgePort old = device.port;
            device.port = new BridgePort(
                    port.isolated() == null ? old.isolated() : port.isolated(),
                    port.hairpin() == null ? old.hairpin() : port.hairpin(),
                    port.learning() == null ? old.learning() : port.learning(),
                    port.unicastFlood() == null ? old.unicastFlood() : port.unicastFlood());
            changed(device);
            return null;
        });
    }

    @Override
    public void delete(int index) throws IOException {
        step(() -> {
            Device device = existing(index, "RTM_DELLINK");
            require(!device.isLo(), Errno.EOPNOTSUPP, "RTM_DELLINK", device.name);
            List<Device> gone = new ArrayList<>(List.of(device));
            if (device.peer != null) {
                gone.add(device.peer);
                gone.addAll(device.peer.uppers);
            }
            gone.addAll(device.uppers);
            if (device.lower != null) {
                device.lower.uppers.remove(device);
            }
            gone.forEach(each -> each.home.vanish(each));
            return null;
        });
    }

    @Override
    public List<Link> links() throws IOException {
        return step(() -> devices.values().stream().map(Device::view).toList());
    }

    @Override
    public Optional<Link> link(String name) throws IOException {
        return step(() -> Optional.ofNullable(named(name)).map(Device::view));
    }

    @Override
    public Optional<Link> link(int index) throws IOException {
        return step(() -> Optional.ofNullable(devices.get(index)).map(Device::view));
    }

    @Override
    public void add(LinkAddress address) throws IOException {
        step(() -> {
            existing(address.link(), "RTM_NEWADDR");
            require(find(address) == null, Errno.EEXIST, "RTM_NEWADDR", address.prefix());
            store(address);
            return null;
        });
    }

    @Override
    public void replace(LinkAddress address) throws IOException {
        step(() -> {
            existing(address.link(), "RTM_NEWADDR");
            addresses.remove(find(address));
            store(address);
            return null;
        });
    }

    private void store(LinkAddress address) {
        Set<AddressFlag> flags = EnumSet.of(AddressFlag.PERMANENT);
        flags.addAll(address.flags());
        if (primary(address).isPresent()) {
            flags.add(AddressFlag.SECONDARY);
        }
        LinkAddress stored = new LinkAddress(address.link(), address.prefix(), flags);
        addresses.add(stored);
        tell(new NetworkChange.AddressChanged(stored));
    }

    /** The first IPv4 address of the same subnet. */
    private Optional<LinkAddress> primary(LinkAddress address) {
        return addresses.stream()
                .filter(other -> !other.prefix().address().v6() && other.link() == address.link())
                .filter(other ->
                        other.prefix().network().equals(address.prefix().network()))
                .findFirst();
    }

    /** IPv6 addresses are unique by themselves, IPv4 addresses with their prefix. */
    private LinkAddress find(LinkAddress address) {
        return addresses.stream()
                .filter(other -> other.link() == address.link())
                .filter(other -> address.prefix().address().v6()
                        ? other.prefix().address().equals(address.prefix().address())
                        : other.prefix().equals(address.prefix()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void delete(LinkAddress address) throws IOException {
        step(() -> {
            existing(address.link(), "RTM_DELADDR");
            LinkAddress found = find(address);
            require(
                    found != null && found.prefix().equals(address.prefix()),
                    Errno.EADDRNOTAVAIL,
                    "RTM_DELADDR",
                    address.prefix());
            boolean first = !found.flags().contains(AddressFlag.SECONDARY);
            boolean v6 = found.prefix().address().v6();
            IpPrefix subnet = found.prefix().network();
            forget(other -> other.equals(found)
                    || first
                            && !v6
                            && other.link() == found.link()
                            && other.prefix().network().equals(subnet));
            return null;
        });
    }

    @Override
    public List<LinkAddress> addresses() throws IOException {
        return step(() -> List.copyOf(addresses));
    }

    @Override
    public void add(Route route) throws IOException {
        step(() -> {
            Route complete = resolved(route);
            require(same(complete).isEmpty(), Errno.EEXIST, "RTM_NEWROUTE", route.destination());
            routes.add(complete);
            return null;
        });
    }

    @Override
    public void replace(Route route) throws IOException {
        step(() -> {
            Route complete = resolved(route);
            same(complete).ifPresent(routes::remove);
            routes.add(complete);
            return null;
        });
    }

    private Route resolved(Route route) throws ErrnoException {
        boolean v6 = route.destination().address().v6();
        int metric = v6 && route.metric() == 0 ? METRIC_V6 : route.metric();
        int link = route.link();
        if (route.gateway() != null) {
            Optional<Route> way = connected().stream()
                    .filter(other -> other.destination().contains(route.gateway()))
                    .filter(other -> route.link() == 0 || other.link() == route.link())
                    .findFirst();
            if (link != 0) {
                mustBeUp(link);
            }
            require(way.isPresent(), v6 ? 113 : Errno.ENETUNREACH, "RTM_NEWROUTE", route.gateway());
            link = way.get().link();
        }
        mustBeUp(link);
        return new Route(route.destination(), route.gateway(), link, metric);
    }

    private void mustBeUp(int link) throws ErrnoException {
        require(existing(link, "RTM_NEWROUTE").up, Errno.ENETDOWN, "RTM_NEWROUTE", "link " + link);
    }

    private Optional<Route> same(Route route) {
        return routes.stream()
                .filter(other -> other.destination().equals(route.destination()) && other.metric() == route.metric())
                .findFirst();
    }

    @Override
    public void delete(Route route) throws IOException {
        step(() -> {
            Optional<Route> found = routes.stream()
                    .filter(other -> other.destination().equals(route.destination()))
                    .filter(other -> route.metric() == 0 || other.metric() == route.metric())
                    .filter(other -> route.link() == 0 || other.link() == route.link())
                    .filter(other -> route.gateway() == null || route.gateway().equals(other.gateway()))
                    .findFirst();
            require(found.isPresent(), Errno.ESRCH, "RTM_DELROUTE", route.destination());
            routes.remove(found.get());
            return null;
        });
    }

    @Override
    public List<Route> routes() throws IOException {
        return step(() -> {
            List<Route> all = new ArrayList<>(connected());
            all.addAll(routes);
            return all;
        });
    }

    /** Those that addresses bring with them while their link is up. */
    private List<Route> connected() {
        List<Route> all = new ArrayList<>();
        for (LinkAddress address : addresses) {
            boolean v6 = address.prefix().address().v6();
            boolean whole = !v6 && address.prefix().length() == 32; // a host, and no subnet
            boolean silent = address.flags().contains(AddressFlag.NOPREFIXROUTE)
                    || address.flags().contains(AddressFlag.SECONDARY);
            if (devices.get(address.link()).up && !silent && !whole) {
                int metric = v6 ? METRIC_V6_CONNECTED : 0;
                all.add(new Route(address.prefix().network(), null, address.link(), metric));
            }
        }
        return all;
    }

    @Override
    public void replace(Neighbour neighbour) throws IOException {
        if (neighbour.mac() == null) {
            throw new IllegalArgumentException("neighbour %s: no hardware address".formatted(neighbour.address()));
        }
        step(() -> {
            existing(neighbour.link(), "RTM_NEWNEIGH");
            neighbours
                    .computeIfAbsent(neighbour.address(), address -> new TreeMap<>())
                    .put(neighbour.link(), neighbour);
            return null;
        });
    }

    @Override
    public void delete(Neighbour neighbour) throws IOException {
        step(() -> {
            existing(neighbour.link(), "RTM_DELNEIGH");
            Map<Integer, Neighbour> entries = neighbours.getOrDefault(neighbour.address(), new TreeMap<>());
            require(entries.remove(neighbour.link()) != null, Errno.ENOENT, "RTM_DELNEIGH", neighbour.address());
            return null;
        });
    }

    @Override
    public List<Neighbour> neighbours() throws IOException {
        return step(() -> neighbours.values().stream()
                .flatMap(entries -> entries.values().stream())
                .toList());
    }

    private void changed(Device device) {
        tell(new NetworkChange.LinkChanged(device.view()));
    }

    private void tell(NetworkChange change) {
        subscriptions.forEach(subscription -> subscription.pending.add(change));
        network.notifyAll();
    }

    /** The next thing that each subscriber hears is that something was lost. */
    public void overrun() {
        synchronized (network) {
            subscriptions.forEach(subscription -> subscription.pending.clear());
            tell(new NetworkChange.Overrun());
        }
    }

    @Override
    public NetworkChanges subscribe() throws IOException {
        return step(() -> {
            ModelChanges subscription = new ModelChanges();
            subscriptions.add(subscription);
            return subscription;
        });
    }

    private final class ModelChanges implements NetworkChanges {
        private final Deque<NetworkChange> pending = new ArrayDeque<>();
        private boolean ended;

        @Override
        public List<NetworkChange> await(Duration limit) throws IOException {
            long deadline = System.nanoTime() + limit.toNanos();
            synchronized (network) {
                while (!ended && pending.isEmpty() && System.nanoTime() < deadline) {
                    try {
                        network.wait(1 + (deadline - System.nanoTime()) / 1_000_000);
                    } catch (InterruptedException e) {
                        throw new AssertionError("interrupted", e);
                    }
                }
                if (ended) {
                    throw new IOException("rtnetlink is closed");
                }
                List<NetworkChange> changes = List.copyOf(pending);
                pending.clear();
                return changes;
            }
        }

        @Override
        public void close() {
            synchronized (network) {
                ended = true;
                subscriptions.remove(this);
                network.notifyAll();
            }
        }
    }

    @Override
    public void close() {
        synchronized (network) {
            closed = true;
        }
    }
}
