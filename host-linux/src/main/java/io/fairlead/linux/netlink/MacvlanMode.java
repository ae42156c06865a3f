package io.fairlead.linux.netlink;

/** Whom the links on top of one lower link can reach (linux/if_link.h, enum macvlan_mode). */
public enum MacvlanMode {
    /** Not each other. */
    PRIVATE(1),
    /** Each other through a switch outside that sends frames back. */
    VEPA(2),
    /** Each other directly. */
    BRIDGE(4),
    /** There is one such link only; it takes over the lower link. */
    PASSTHRU(8);

    final int number;

    MacvlanMode(int number) {
        this.number = number;
    }

    /** Null for a mode that is not known here. */
    static MacvlanMode of(int number) {
        for (MacvlanMode mode : values()) {
            if (mode.number == number) {
                return mode;
            }
        }
        return null;
    }
}
