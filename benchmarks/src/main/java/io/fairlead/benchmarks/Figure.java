package io.fairlead.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param ours Fairlead's value; null if only the other was measured
 * @param theirs the other's value; null if only Fairlead's was measured
 * @param factor how many times better Fairlead's value must be, below 1 if it may be worse; 0 for a figure that is only
 *     reported
 * @param limit the most that Fairlead's value may be, or the least where higher is better; 0 for none
 */
record Figure(String name, String unit, Double ours, Double theirs, Better better, double factor, double limit) {
    enum Better {
        LOWER,
        HIGHER
    }

    static Figure lower(String name, String unit, Double ours, Double theirs, double factor) {
        return new Figure(name, unit, ours, theirs, Better.LOWER, factor, 0);
    }

    /** @param times the largest allowed ratio of Fairlead's time to the other's */
    static Figure notSlower(String name, String unit, double ours, double theirs, double times) {
        return new Figure(name, unit, ours, theirs, Better.LOWER, 1 / times, 0);
    }

    static Figure higher(String name, String unit, Double ours, Double theirs, double factor) {
        return new Figure(name, unit, ours, theirs, Better.HIGHER, factor, 0);
    }

    static Figure within(String name, String unit, Double ours, Double theirs, double limit) {
        return new Figure(name, unit, ours, theirs, Better.LOWER, 0, limit);
    }

    static Figure reaching(String name, String unit, Double ours, double limit) {
        return new Figure(name, unit, ours, null, Better.HIGHER, 0, limit);
    }

    static String header() {
        return "| figure | Fairlead | libvirt's own | times better | target |\n|---|---|---|---|---|";
    }

    String row() {
        return "| %s | %s | %s | %s | %s |".formatted(name, value(ours), value(theirs), times(), target());
    }

    private String value(Double value) {
        if (value == null) {
            return "";
        }
        String digits = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return (digits + " %s").formatted(value, unit).formatted(Locale.ROOT);
    }

    private double ratio() {
        return better == Better.LOWER ? theirs / ours : ours / theirs;
    }

    private String times() {
        return ours == null || theirs == null ? "" : String.format(Locale.ROOT, "%.1f", ratio());
    }

    private String target() {
        if (limit > 0) {
            boolean lower = better == Better.LOWER;
            boolean met = lower ? ours <= limit : ours >= limit;
            return String.format(
                    Locale.ROOT, "%.1f %s at %s: %s", limit, unit, lower ? "most" : "least", met ? "met" : "missed");
        }
        if (factor > 0 && factor < 1) {
            return String.format(
                    Locale.ROOT, "%.1f times its time at most: %s", 1 / factor, ratio() >= factor ? "met" : "missed");
        }
        if (factor > 0) {
            return "%s times: %s"
                    .formatted(
                            factor == Math.rint(factor) ? Integer.toString((int) factor) : Double.toString(factor),
                            ratio() >= factor ? "met" : "missed");
        }
        return "";
    }
}
