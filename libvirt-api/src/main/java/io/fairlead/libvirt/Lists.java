package io.fairlead.libvirt;

import io.fairlead.kit.error.ErrorCode;

/** For the old form of lists, in which the client tells how many entries it has room for. */
final class Lists {
    private Lists() {}

    /** Like libvirtd, refuses more room than a reply may fill; the number on the wire is unsigned. */
    static int room(String argument, int wanted, int max) {
        if (wanted < 0 || wanted > max) {
            throw Errors.rpc(
                    ErrorCode.INTERNAL_ERROR,
                    "%s: %d (expected: at most %d)".formatted(argument, Integer.toUnsignedLong(wanted), max));
        }
        return wanted;
    }
}
