package io.fairlead.core.life;

import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.Life;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Request;
import io.fairlead.kit.thread.Threads;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Starts that a client asks for: the first life of an inactive domain. If the owner goes during the start, that life is
 * destroyed.
 */
public final class Starts {
    private final Launcher launcher;
    private final GuestEnds ends;
    private final GuestRequests requests;
    private final IntentKeeper intents;
    private final Threads threads;
    /** Owners whose connection ended during their launch. */
    private final Set<Object> goneOwners = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    public Starts(Launcher launcher, GuestEnds ends, GuestRequests requests, IntentKeeper intents, Threads threads) {
        this.launcher = launcher;
        this.ends = ends;
        this.requests = requests;
        this.intents = intents;
        this.threads = threads;
    }

    /**
     * Starts a domain that is off. The caller holds its job.
     *
     * @param ask START or AUTOSTART
     */
    public void launch(Domain domain, LaunchPlan plan, StartOptions options, Ask ask, Request.By by) {
        Life life = new Life(domain, plan, options, intents.request(ask, by));
        boolean lives;
        try {
            lives = launcher.launch(life, options.initFiles(), ends::ended);
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

    public void ownerGone(Object owner) {
        goneOwners.add(owner);
    }

    /** Destroys a life in the background. */
    public void destroyLater(Life life) {
        threads.run(() -> requests.destroyQuietly(life.domain(), life));
    }
}
