package io.fairlead.linux.netlink;

import java.time.Duration;

/** A kind of virtual link, with what the kernel has to know to make one. */
public sealed interface LinkKind {
    /** The kernel's name for it, such as {@code bridge}. */
    String kernelName();

    /**
     * A bridge. A null leaves the kernel's default, or on a change, the present state.
     *
     * <p>A bridge has the smallest mtu of its ports, also when it was made with an mtu. It keeps an mtu for good only
     * when {@link NetworkStack#change} has set one that differs from the present one (net/bridge, br_change_mtu).
     *
     * @param stp whether the bridge speaks the spanning tree protocol
     * @param forwardDelay how long a new port waits before it forwards; the kernel keeps hundredths of a second. With
     *     stp, it takes 2..30 s.
     * @param vlanFiltering whether frames are kept apart by VLAN
     */
    record Bridge(Boolean stp, Duration forwardDelay, Boolean vlanFiltering) implements LinkKind {
        private static final Duration FORWARD_DELAY_MAX = Duration.ofDays(1); // far beyond the kernel's own limit

        public Bridge {
            if (forwardDelay != null && (forwardDelay.isNegative() || forwardDelay.compareTo(FORWARD_DELAY_MAX) > 0)) {
                throw new IllegalArgumentException("forwardDelay: %s (expected: 0..1 day)".formatted(forwardDelay));
            }
        }

        /** With the kernel's defaults: no stp, 15 s, no filtering. */
        public static Bridge plain() {
            return new Bridge(null, null, null);
        }

        @Override
        public String kernelName() {
            return "bridge";
        }
    }

    /**
     * A pair of links; what goes into one comes out of the other.
     *
     * @param peer the other end: name, address, mtu and namespace. It cannot be brought up or get a master before the
     *     pair is whole.
     */
    record Veth(LinkSettings peer) implements LinkKind {
        public Veth {
            if (peer.up() != null || peer.master() != null) {
                throw new IllegalArgumentException("peer of a veth pair: neither up nor master can be set at once");
            }
        }

        @Override
        public String kernelName() {
            return "veth";
        }
    }

    /**
     * A link with an address of its own on top of another link.
     *
     * @param lower index of that other link, in the namespace of the stack
     * @param tap whether it is a macvtap: frames go to a character device instead of the network stack
     */
    record Macvlan(int lower, MacvlanMode mode, boolean tap) implements LinkKind {
        @Override
        public String kernelName() {
            return tap ? "macvtap" : "macvlan";
        }
    }

    /** A link that drops everything. */
    record Dummy() implements LinkKind {
        @Override
        public String kernelName() {
            return "dummy";
        }
    }
}
