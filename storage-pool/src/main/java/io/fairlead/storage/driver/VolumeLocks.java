package io.fairlead.storage.driver;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A lock per volume from a fixed set, so that nothing grows with the names. */
public final class VolumeLocks {
    /** An action under a lock. */
    public interface Act<T> {
        T run() throws IOException;
    }

    private final ReentrantLock[] stripes = new ReentrantLock[128];

    public VolumeLocks() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** The caller may hold the same volume's lock already, but no other volume's. */
    public <T> T with(String volume, Act<T> act) throws IOException {
        ReentrantLock stripe = stripes[Math.floorMod(volume.hashCode(), stripes.length)];
        stripe.lock();
        try {
            return act.run();
        } finally {
            stripe.unlock();
        }
    }
}
