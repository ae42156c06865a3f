package io.fairlead.libvirt;

import io.fairlead.core.error.ErrorCode;

/** What the old form of lists has in common: the client says how many it has room for. */
final class Lists {
    private Lists() {}

    /** Refuses more room than a reply may fill, as libvirtd does; the number on the wire is unsigned. */
    static int room(String argument, int wanted, int max) {
        if (wanted < 0 || wanted > max) {
            throw Errors.rpc(
                    ErrorCode.INTERNAL_ERROR,
                    "%s: %d (expected: at most %d)".formatted(argument, Integer.toUnsignedLong(wanted), max));
        }
        return wanted;
    }
}
