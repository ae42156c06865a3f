package io.fairlead.core.domain;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Starts that a client asks for: the first life of an inactive domain. If the owner goes during the start, that life is
 * destroyed.
 */
final class Starts {
    private final Launcher launcher;
    private final GuestEnds ends;
    private final GuestRequests requests;
    private final ExecutorService workers;
    /** Owners whose connection ended during their launch. */
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
        synchronized (goneOwners) { // its own lock: iterating is more than one call
            return goneOwners.stream().anyMatch(life::diesWith);
        }
    }

    void ownerGone(Object owner) {
        goneOwners.add(owner);
    }

    /** Destroys a life in the background. */
    void destroyLater(Life life) {
        workers.execute(() -> requests.destroyQuietly(life.domain(), life));
    }
}
