package io.fairlead.xml.value;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.Locale;

/** Sizes with units, as libvirt's virScaleInteger understands them: k and KiB are 1024, KB is 1000, and so on to E. */
public final class ByteSize {
    /** Round numbers up to this, as libvirt does for all memory. */
    public static final long KIB = 1024;

    private static final String PREFIXES = "kmgtpe";

    private ByteSize() {}

    /**
     * How many bytes the number is.
     *
     * @param unit null or empty means bytes
     * @throws XmlException INVALID_ARG for an unknown unit, OVERFLOW when it does not fit 63 bits
     */
    public static long bytes(long number, String unit) {
        long scale = scale(unit);
        if (number > Long.MAX_VALUE / scale) {
            throw new XmlException(
                            XmlErrorKind.OVERFLOW,
                            "value too large: %s%s".formatted(Long.toUnsignedString(number), unit))
                    .from(XmlOrigin.VALUE);
        }
        return number * scale;
    }

    /** The bytes as whole KiB, rounded up. */
    public static long ceilKib(long bytes) {
        return bytes / KIB + (bytes % KIB == 0 ? 0 : 1);
    }

    private static long scale(String unit) {
        if (unit == null || unit.isEmpty()) {
            return 1;
        }
        String lower = unit.toLowerCase(Locale.ROOT);
        if (lower.equals("b") || lower.equals("byte") || lower.equals("bytes")) {
            return 1;
        }
        int power = PREFIXES.indexOf(lower.charAt(0)) + 1;
        String rest = lower.substring(1);
        long base = rest.isEmpty() || rest.equals("ib") ? 1024 : rest.equals("b") ? 1000 : 0;
        if (power == 0 || base == 0) {
            throw new XmlException(XmlErrorKind.INVALID_ARG, "unknown suffix '" + unit + "'").from(XmlOrigin.VALUE);
        }
        long scale = 1;
        for (int i = 0; i < power; i++) {
            scale *= base;
        }
        return scale;
    }
}
