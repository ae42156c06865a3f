package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.IdRange;
import io.fairlead.xml.domain.model.IdMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Checks ranges of users or groups by the kernel's rules (user_namespaces(7)), because the kernel does not say why it
 * refuses one.
 */
final class IdRanges {
    private static final int RANGES_MAX = 340;
    /** The map is written at once, and must be smaller than a page. */
    private static final int TEXT_BYTES_MAX = 4095;
    /** The last number means "none". */
    private static final long IDS = 0xffff_ffffL;

    private IdRanges() {}

    /**
     * @param element uid or gid
     * @throws io.fairlead.kit.error.EngineException XML_ERROR, naming the range
     */
    static List<IdRange> read(String element, List<IdMap.Range> ranges) {
        List<IdRange> read = new ArrayList<>();
        int bytes = 0;
        for (IdMap.Range range : ranges) {
            Refusal.unlessValid(range.count() > 0, "idmap %s count='0' (expected: at least 1)", element);
            Refusal.unlessValid(
                    range.start() + range.count() <= IDS && range.target() + range.count() <= IDS,
                    "idmap %s start='%d' target='%d' count='%d' (expected: ids up to %d)",
                    element,
                    range.start(),
                    range.target(),
                    range.count(),
                    IDS - 1);
            read.add(new IdRange(range.start(), range.target(), range.count()));
            bytes += "%d %d %d\n"
                    .formatted(range.start(), range.target(), range.count())
                    .length();
        }
        Refusal.unlessValid(
                read.size() <= RANGES_MAX && bytes <= TEXT_BYTES_MAX,
                "idmap: %d ranges of %s are more than the kernel takes (expected: at most %d, in %d bytes as text; these are %d)",
                read.size(),
                element,
                RANGES_MAX,
                TEXT_BYTES_MAX,
                bytes);
        refuseOverlap(element, "start", read, IdRange::start);
        refuseOverlap(element, "target", read, IdRange::target);
        return read;
    }

    private static void refuseOverlap(
            String element, String attribute, List<IdRange> ranges, ToLongFunction<IdRange> first) {
        List<IdRange> sorted =
                ranges.stream().sorted(Comparator.comparingLong(first)).toList();
        for (int next = 1; next < sorted.size(); next++) {
            IdRange range = sorted.get(next - 1);
            long end = first.applyAsLong(range) + range.count();
            long begin = first.applyAsLong(sorted.get(next));
            Refusal.unlessValid(
                    end <= begin,
                    "idmap: two ranges of %s overlap, %s='%d' lies in that of %s='%d' count='%d'",
                    element,
                    attribute,
                    begin,
                    attribute,
                    first.applyAsLong(range),
                    range.count());
        }
    }
}
