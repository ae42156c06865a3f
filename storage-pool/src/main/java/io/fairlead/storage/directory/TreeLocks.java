package io.fairlead.storage.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** A lock per tree from a fixed set, so that nothing grows with the names. */
final class TreeLocks {
    /** What is done under a lock. */
    interface Act<T> {
        T run() throws IOException;
    }

    private final ReentrantLock[] stripes = new ReentrantLock[128];

    TreeLocks() {
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** No other tree's lock may be held, since it may be the same one. */
    <T> T with(Path tree, Act<T> act) throws IOException {
        int name = tree.getFileName().toString().hashCode();
        ReentrantLock stripe = stripes[Math.floorMod(name, stripes.length)];
        stripe.lock();
        try {
            return act.run();
        } finally {
            stripe.unlock();
        }
    }
}
