package io.fairlead.xml.domain;

/**
 * How a document is printed (virDomainXMLFlags). A container has nothing that depends on the processor, and nothing
 * that an older libvirt could not read. So "update-cpu" (4) and "migratable" (8) change nothing.
 *
 * @param secure with passwords
 * @param inactive the definition of the next start, instead of the running one
 */
public record XmlFlags(boolean secure, boolean inactive) {
    private static final int SECURE = 1;
    private static final int INACTIVE = 2;
    private static final int UPDATE_CPU = 4;
    private static final int MIGRATABLE = 8;

    /** Every bit that means something. */
    public static final int KNOWN = SECURE | INACTIVE | UPDATE_CPU | MIGRATABLE;

    /**
     * From the bits on the wire.
     *
     * @throws IllegalArgumentException for a bit that is not in {@link #KNOWN}; callers refuse those in libvirt's words
     */
    public static XmlFlags of(int bits) {
        if ((bits & ~KNOWN) != 0) {
            throw new IllegalArgumentException("bits: 0x%x (expected: only 0x%x)".formatted(bits, KNOWN));
        }
        return new XmlFlags((bits & SECURE) != 0, (bits & INACTIVE) != 0);
    }
}
