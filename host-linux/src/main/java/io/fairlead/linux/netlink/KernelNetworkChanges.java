package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A socket that hears the kernel's multicast groups for links and addresses. */
final class KernelNetworkChanges implements NetworkChanges {
    /** RTNLGRP_LINK 1, RTNLGRP_IPV4_IFADDR 5, RTNLGRP_IPV6_IFADDR 9; group n is bit n-1. */
    private static final int GROUPS = 1 | 1 << 4 | 1 << 8;

    private static final int AF_UNSPEC = 0;

    private final NetlinkSocket socket;

    private KernelNetworkChanges(NetlinkSocket socket) {
        this.socket = socket;
    }

    static KernelNetworkChanges open(Fd namespace) throws IOException {
        return new KernelNetworkChanges(NetworkNamespace.within(namespace, () -> NetlinkSocket.open(GROUPS)));
    }

    @Override
    public List<NetworkChange> await(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            List<NetworkChange> changes = new ArrayList<>();
            try {
                List<NetlinkMessage> messages = socket.receive(Duration.ofNanos(left));
                for (NetlinkMessage message : messages) {
                    change(message).ifPresent(changes::add);
                }
                if (!changes.isEmpty() || messages.isEmpty()) {
                    return changes;
                }
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ENOBUFS) {
                    return List.of(new NetworkChange.Overrun());
                }
                throw e;
            }
        }
    }

    /** Empty for what is told beside: a bridge's news about a port comes in the group of links, with its own family. */
    static Optional<NetworkChange> change(NetlinkMessage message) throws IOException {
        return switch (message.type()) {
            case LinkCodec.NEW -> ofLink(message)
                    ? Optional.of(new NetworkChange.LinkChanged(LinkCodec.read(message)))
                    : Optional.empty();
            case LinkCodec.DELETE -> ofLink(message)
                    ? Optional.of(new NetworkChange.LinkGone(LinkCodec.read(message)))
                    : Optional.empty();
            case AddressCodec.NEW -> AddressCodec.known(message)
                    ? Optional.of(new NetworkChange.AddressChanged(AddressCodec.read(message)))
                    : Optional.empty();
            case AddressCodec.DELETE -> AddressCodec.known(message)
                    ? Optional.of(new NetworkChange.AddressGone(AddressCodec.read(message)))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean ofLink(NetlinkMessage message) throws IOException {
        return message.head(1).get(0) == AF_UNSPEC;
    }

    @Override
    public void close() {
        socket.close();
    }
}
