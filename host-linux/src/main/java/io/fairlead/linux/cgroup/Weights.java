package io.fairlead.linux.cgroup;

/**
 * v1 and v2 count relative weights on different scales; these are the linear mappings that the OCI runtimes use, so
 * that a value set at launch by a runtime and one set later by us agree.
 */
final class Weights {
    static final long SHARES_MIN = 2;
    static final long SHARES_MAX = 262_144;
    static final long BLKIO_MIN = 10;
    static final long BLKIO_MAX = 1000;
    private static final long V2_MIN = 1;
    private static final long V2_MAX = 10_000;

    private Weights() {}

    static long cpuWeight(long shares) {
        return scale(clamp(shares, SHARES_MIN, SHARES_MAX), SHARES_MIN, SHARES_MAX, V2_MIN, V2_MAX);
    }

    /** The fewest shares that give this weight. */
    static long cpuShares(long weight) {
        return scaleUp(clamp(weight, V2_MIN, V2_MAX), V2_MIN, V2_MAX, SHARES_MIN, SHARES_MAX);
    }

    static long ioWeight(long blkioWeight) {
        return scale(clamp(blkioWeight, BLKIO_MIN, BLKIO_MAX), BLKIO_MIN, BLKIO_MAX, V2_MIN, V2_MAX);
    }

    static long blkioWeight(long ioWeight) {
        return scaleUp(clamp(ioWeight, V2_MIN, V2_MAX), V2_MIN, V2_MAX, BLKIO_MIN, BLKIO_MAX);
    }

    private static long scale(long value, long fromMin, long fromMax, long toMin, long toMax) {
        return toMin + (value - fromMin) * (toMax - toMin) / (fromMax - fromMin);
    }

    private static long scaleUp(long value, long fromMin, long fromMax, long toMin, long toMax) {
        long width = fromMax - fromMin;
        return toMin + ((value - fromMin) * (toMax - toMin) + width - 1) / width;
    }

    private static long clamp(long value, long min, long max) {
        return Math.max(min, Math.min(max, value));
    }
}
