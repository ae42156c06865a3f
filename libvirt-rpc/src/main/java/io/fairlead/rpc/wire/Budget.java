package io.fairlead.rpc.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of something may be held at once, such as bytes of packets or connections. An amount taken from a part is
 * taken from the whole as well. Any thread may use it.
 */
public final class Budget {
    private final long limit;
    private final Budget whole;
    private final AtomicLong used = new AtomicLong();

    public Budget(long limit) {
        this(limit, null);
    }

    private Budget(long limit, Budget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** A part of this. Parts may add up to more than the whole. */
    public Budget part(long partLimit) {
        return new Budget(partLimit, this);
    }

    /** Takes all of the amount, or nothing: false when not enough is left. */
    public boolean take(long amount) {
        for (Budget budget = this; budget != null; budget = budget.whole) {
            if (budget.used.addAndGet(amount) > budget.limit) {
                giveBack(amount, budget.whole);
                return false;
            }
        }
        return true;
    }

    /** Counts an amount that exists already and cannot be refused any more. */
    public void count(long amount) {
        for (Budget budget = this; budget != null; budget = budget.whole) {
            budget.used.addAndGet(amount);
        }
    }

    public void giveBack(long amount) {
        giveBack(amount, null);
    }

    private void giveBack(long amount, Budget end) {
        for (Budget budget = this; budget != end; budget = budget.whole) {
            budget.used.addAndGet(-amount);
        }
    }

    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }
}
