package io.fairlead.kit.lock;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock per name from a fixed set, so that nothing grows with the names. Different names may share a lock, and then
 * wait for each other.
 */
public final class StripedLocks {
    /** Far more than names are locked at the same time, so that few of those collide. */
    private static final int STRIPES = 128;

    /** An action under a lock. */
    public interface Act<T, E extends Exception> {
        T run() throws E;
    }

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    public StripedLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** The caller may hold this name's lock already, but no other name's: that could wait for ever. */
    public <T, E extends Exception> T with(String name, Act<T, E> act) throws E {
        return with(stripe(name), act);
    }

    /** Takes the locks of both names, always in the same order. The caller may hold no lock. */
    public <T, E extends Exception> T with(String one, String other, Act<T, E> act) throws E {
        int first = Math.min(stripe(one), stripe(other));
        int second = Math.max(stripe(one), stripe(other));
        return with(first, () -> with(second, act));
    }

    private <T, E extends Exception> T with(int stripe, Act<T, E> act) throws E {
        stripes[stripe].lock();
        try {
            return act.run();
        } finally {
            stripes[stripe].unlock();
        }
    }

    private static int stripe(String name) {
        return Math.floorMod(name.hashCode(), STRIPES);
    }
}
