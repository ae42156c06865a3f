package io.fairlead.thin;

import java.util.List;

/**
 * The records of a pool, on disk. Each method is one durable transaction: it has happened in full when the method
 * returns, and not at all if the method throws {@link ThinPoolException}.
 */
public interface ThinRecords extends AutoCloseable {
    /**
     * Numbers that outlive a daemon.
     *
     * @param settledId ids below it either have a record or do not exist in the kernel
     * @param reservedId ids below it may have been used; those from settledId on are unknown after a crash
     * @param transactionId the last known transaction id of the pool
     * @param nextTransactionId the id it may have now: the intent of {@link #intendTransactionId}
     * @param identity the pool's UUID, or null before its first start
     * @param clean whether the pool was taken down in order and not assembled since
     */
    record Counters(
            int settledId,
            int reservedId,
            long transactionId,
            long nextTransactionId,
            String identity,
            boolean clean) {}

    List<ThinDevice> devices();

    Counters counters();

    /** Adds the device, or replaces the one with its id. */
    void put(ThinDevice device);

    /** {@link #put} for two devices at once; the first may give up a name that the second takes. */
    void putBoth(ThinDevice first, ThinDevice second);

    void remove(int deviceId);

    /** From now on ids below {@code id} may be in use. */
    void reserveIds(int id);

    /** Every id below {@code id} has been looked into. */
    void settleIds(int id);

    /** The pool's transaction id is about to become {@code next}. */
    void intendTransactionId(long next);

    /** The pool's transaction id is {@code current}. */
    void confirmTransactionId(long current);

    void setIdentity(String uuid);

    void setClean(boolean clean);

    @Override
    void close();
}
