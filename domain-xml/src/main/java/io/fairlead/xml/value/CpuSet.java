package io.fairlead.xml.value;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;

/** A set of processors or memory nodes, written {@code 0-3,^2}. Immutable; prints in libvirt's shortest form. */
public final class CpuSet {
    /** libvirt keeps such sets in bitmaps of this many bits (VIR_DOMAIN_CPUMASK_LEN). */
    public static final int SIZE = 16384;

    private final BitSet members;

    private CpuSet(BitSet members) {
        this.members = members;
    }

    /** The set with these members, each 0..16383. */
    public static CpuSet of(int... members) {
        BitSet set = new BitSet();
        IntStream.of(members).forEach(set::set);
        return new CpuSet(set);
    }

    /**
     * Parses ranges and exclusions, applied from left to right.
     *
     * @throws XmlException INVALID_ARG in libvirt's words
     */
    public static CpuSet parse(String text) {
        BitSet set = new BitSet();
        if (text.isBlank()) {
            throw refused(text);
        }
        for (String piece : text.split(",", -1)) {
            String range = piece.strip();
            boolean excludes = range.startsWith("^");
            if (excludes) {
                set.clear(member(text, range.substring(1)));
                continue;
            }
            int dash = range.indexOf('-');
            int first = member(text, dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : member(text, range.substring(dash + 1));
            if (last < first) {
                throw refused(text);
            }
            set.set(first, last + 1);
        }
        return new CpuSet(set);
    }

    private static int member(String whole, String digits) {
        String number = digits.strip();
        if (number.isEmpty() || number.length() > 9 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused(whole);
        }
        int member = Integer.parseInt(number);
        if (member >= SIZE) {
            throw refused(whole);
        }
        return member;
    }

    private static XmlException refused(String text) {
        return new XmlException(XmlErrorKind.INVALID_ARG, "Failed to parse bitmap '" + text + "'")
                .from(XmlOrigin.VALUE);
    }

    public boolean contains(int member) {
        return members.get(member);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public int size() {
        return members.cardinality();
    }

    /** The members in ascending order. */
    public IntStream stream() {
        return members.stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && set.members.equals(members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(members);
    }

    /** Ranges in ascending order; two neighbours print as a range, too, as with the kernel and libvirt. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int first = members.nextSetBit(0); first >= 0; ) {
            int end = members.nextClearBit(first);
            out.append(out.isEmpty() ? "" : ",").append(first);
            if (end - first > 1) {
                out.append('-').append(end - 1);
            }
            first = members.nextSetBit(end);
        }
        return out.toString();
    }
}
