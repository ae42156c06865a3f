package io.fairlead.thin;

/**
 * Hands out device ids: strictly increasing, reserved on disk in batches, so that the common case costs no I/O and a
 * crash leaves at most one batch to look into. An id is never used twice: one that a crash swallowed is skipped.
 */
final class ThinIds {
    static final int BATCH = 256;

    private final ThinRecords records;
    private int next;
    private int reserved;

    ThinIds(ThinRecords records, int firstUnused) {
        this.records = records;
        this.next = firstUnused;
        this.reserved = firstUnused;
    }

    synchronized int take() {
        if (next > ThinDevice.DEVICE_ID_MAX) {
            throw new ThinPoolException(
                    ThinPoolException.Reason.NO_SPACE,
                    "all %d device ids of the pool are used up".formatted(next),
                    null);
        }
        if (next == reserved) {
            int upTo = Math.min(reserved + BATCH, ThinDevice.DEVICE_ID_MAX + 1);
            records.reserveIds(upTo);
            reserved = upTo;
        }
        return next++;
    }
}
