package io.fairlead.core.domain;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;

/** A client's starts: the first life of a domain that was off, and what becomes of it when its owner is gone by then. */
final class Starts {
    private final Launcher launcher;
    private final GuestEnds ends;
    private final GuestRequests requests;
    private final ExecutorService workers;
    /** Owners that went while a launch of theirs was going on. */
    private final Set<Object> goneOwners = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Starts(Launcher launcher, GuestEnds ends, GuestRequests requests, ExecutorService workers) {
        this.launcher = launcher;
        this.ends = ends;
        this.requests = requests;
        this.workers = workers;
    }

    /** The caller holds the domain's job. */
    void launch(Life life, List<Integer> initFiles) {
        Domain domain = life.domain();
        domain.pacer().forget();
        boolean lives;
        try {
            lives = launcher.launch(life, null, initFiles, ends::ended);
        } catch (RuntimeException | Error e) {
            ends.notStarted(life, e);
            throw e;
        }
        if (!lives) {
            ends.follow(life);
        }
        if (isOwnerGone(life)) {
            destroyLater(life);
        }
    }

    private boolean isOwnerGone(Life life) {
        synchronized (goneOwners) { // its own lock: looking through it is not one call
            return goneOwners.stream().anyMatch(life::diesWith);
        }
    }

    void ownerGone(Object owner) {
        goneOwners.add(owner);
    }

    /** In the background. */
    void destroyLater(Life life) {
        workers.execute(() -> requests.destroyQuietly(life.domain(), life));
    }
}
