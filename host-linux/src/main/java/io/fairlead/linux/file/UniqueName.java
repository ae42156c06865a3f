package io.fairlead.linux.file;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names that no other process uses, and no earlier one left behind. A process id is not enough for that: after a power
 * cut the same program easily gets the same id again, and meets its own old files.
 */
final class UniqueName {
    private static final int TOKEN_BYTES = 8;
    private static final String TOKEN = token();
    private static final AtomicLong counter = new AtomicLong();

    private UniqueName() {}

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Lower-case letters, digits and a dash; at most 36 characters. */
    static String next() {
        return TOKEN + "-" + counter.incrementAndGet();
    }
}
