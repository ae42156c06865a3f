package io.fairlead.libvirt.procedure;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;

/** For the old form of lists, in which the client tells how many entries it has room for. */
public final class Lists {
    private Lists() {}

    /** Like libvirtd, refuses more room than a reply may fill; the number on the wire is unsigned. */
    public static int room(String argument, int wanted, int max) {
        if (wanted < 0 || wanted > max) {
            throw Errors.rpc(
                    ErrorCode.INTERNAL_ERROR,
                    "%s: %d (expected: at most %d)".formatted(argument, Integer.toUnsignedLong(wanted), max));
        }
        return wanted;
    }
}
