package io.fairlead.linux.host;

import java.util.BitSet;

/** The kernel's way to write sets of CPUs and memory nodes: {@code 0-3,7}. */
public final class CpuList {
    /** More than any kernel is built for. A limit, because a range is cheap to write and dear to expand. */
    public static final int MAX = 1 << 16;

    private CpuList() {}

    /** @throws IllegalArgumentException if it is malformed or a number is 65536 or more */
    public static BitSet parse(String list) {
        BitSet set = new BitSet();
        if (list.isBlank()) {
            return set;
        }
        for (String range : list.trim().split(",", -1)) {
            String[] ends = range.trim().split("-", 2);
            int first = number(ends[0], list);
            int last = ends.length == 2 ? number(ends[1], list) : first;
            if (last < first) {
                throw new IllegalArgumentException("range of CPUs or nodes runs backwards: " + list);
            }
            set.set(first, last + 1);
        }
        return set;
    }

    public static String format(BitSet set) {
        StringBuilder text = new StringBuilder();
        for (int first = set.nextSetBit(0); first >= 0; ) {
            int last = set.nextClearBit(first) - 1;
            text.append(text.length() == 0 ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
            first = set.nextSetBit(last + 1);
        }
        return text.toString();
    }

    private static int number(String text, String list) {
        String digits = text.trim();
        boolean plain =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(Character::isDigit);
        if (!plain || Integer.parseInt(digits) >= MAX) {
            throw new IllegalArgumentException("list of CPUs or nodes: %s (expected: such as 0-3,7)".formatted(list));
        }
        return Integer.parseInt(digits);
    }
}
