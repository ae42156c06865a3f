package io.fairlead.thin;

import io.fairlead.linux.sys.ErrnoException;
import java.util.concurrent.locks.ReentrantLock;

/** A lock per name from a fixed set, so that nothing grows with the names; two are always taken in the same order. */
final class NameLocks {
    /** An action under a lock. */
    interface Act<T> {
        T run() throws ErrnoException;
    }

    private final ReentrantLock[] stripes = new ReentrantLock[128];

    NameLocks() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    <T> T with(String name, Act<T> act) throws ErrnoException {
        return with(stripe(name), act);
    }

    <T> T with(String one, String other, Act<T> act) throws ErrnoException {
        int first = Math.min(stripe(one), stripe(other));
        int second = Math.max(stripe(one), stripe(other));
        return with(first, () -> with(second, act));
    }

    private <T> T with(int stripe, Act<T> act) throws ErrnoException {
        stripes[stripe].lock();
        try {
            return act.run();
        } finally {
            stripes[stripe].unlock();
        }
    }

    private int stripe(String name) {
        return Math.floorMod(name.hashCode(), stripes.length);
    }
}
