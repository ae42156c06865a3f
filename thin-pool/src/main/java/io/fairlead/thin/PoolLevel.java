package io.fairlead.thin;

/** How near a pool is to trouble, the worst last. */
public enum PoolLevel {
    NORMAL(0),
    /** 70 % of data or metadata are used. */
    FILLING(70),
    HIGH(85),
    CRITICAL(95),
    /** No data block is free: writes that need one fail, deletes work. */
    OUT_OF_SPACE(101),
    /** Read-only, failed, or waiting for a check. */
    BROKEN(102);

    /** A pool that hovers about a limit is reported once. */
    private static final int HYSTERESIS_PERCENT = 2;

    private final int fromPercent;

    PoolLevel(int fromPercent) {
        this.fromPercent = fromPercent;
    }

    /** @param before the level until now: a lower one is reached only a little below its limit */
    static PoolLevel of(ThinPoolStatus status, PoolLevel before) {
        if (!status.takesMessages()) {
            return BROKEN;
        }
        if (status.mode() == ThinPoolStatus.Mode.OUT_OF_DATA_SPACE) {
            return OUT_OF_SPACE;
        }
        int percent = Math.max(status.dataPercent(), status.metadataPercent());
        PoolLevel level = NORMAL;
        for (PoolLevel next : new PoolLevel[] {FILLING, HIGH, CRITICAL}) {
            int limit = next.compareTo(before) <= 0 ? next.fromPercent - HYSTERESIS_PERCENT : next.fromPercent;
            level = percent >= limit ? next : level;
        }
        return level;
    }
}
