package io.fairlead.linux.netlink;

import java.util.EnumSet;
import java.util.Set;

/** Properties of an address (linux/if_addr.h). */
public enum AddressFlag {
    /** IPv4: another address of the same subnet came first. */
    SECONDARY(0x01),
    /** No wait until the address is known to be used by nobody else. IPv6 only. */
    NODAD(0x02),
    /** Another station uses it. Told by the kernel. */
    DADFAILED(0x08),
    /** Not to be used for new connections. Told by the kernel. */
    DEPRECATED(0x20),
    /** Not in use yet: the kernel still looks for another station that has it. Told by the kernel. */
    TENTATIVE(0x40),
    /** It has no end. Told by the kernel. */
    PERMANENT(0x80),
    /** The kernel makes no route to the subnet. */
    NOPREFIXROUTE(0x200);

    private final int bit;

    AddressFlag(int bit) {
        this.bit = bit;
    }

    /** Bits that are not known here are passed over. */
    static Set<AddressFlag> of(int bits) {
        EnumSet<AddressFlag> flags = EnumSet.noneOf(AddressFlag.class);
        for (AddressFlag flag : values()) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    static int bits(Set<AddressFlag> flags) {
        return flags.stream().mapToInt(flag -> flag.bit).reduce(0, (all, bit) -> all | bit);
    }
}
