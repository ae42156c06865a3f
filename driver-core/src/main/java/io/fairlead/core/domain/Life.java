package io.fairlead.core.domain;

import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.xml.domain.DomainDocument;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One guest of a domain, from the intent to launch it until its end has been handled. A restart is another life. The
 * domain's lock guards the mutable fields, except volatile ones.
 */
final class Life {
    /** The last request to the guest, which decides how its end is understood. */
    enum Asked {
        NOTHING,
        SHUTDOWN,
        REBOOT,
        RESET,
        DESTROY,
        /** A snapshot ended it: by a revert, or by halting the domain once the snapshot was taken. */
        SNAPSHOT
    }

    private final Domain domain;
    private final DomainDocument definition;
    private final LaunchPlan plan;
    private final boolean paused;
    private final boolean autodestroy;
    private final Object owner;
    private final boolean fromSnapshot;
    private final long bornNanos = System.nanoTime();
    private final CompletableFuture<GuestExit> exited = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Guest guest;
    private volatile Asked asked = Asked.NOTHING;
    private GuestExit exit;
    private boolean last;

    Life(Domain domain, LaunchPlan plan, StartOptions options) {
        this(
                domain,
                plan.definition(),
                plan,
                options.paused(),
                options.autodestroy(),
                options.owner(),
                options.fromSnapshot());
    }

    private Life(
            Domain domain,
            DomainDocument definition,
            LaunchPlan plan,
            boolean paused,
            boolean autodestroy,
            Object owner,
            boolean fromSnapshot) {
        this.domain = domain;
        this.definition = definition;
        this.plan = plan;
        this.paused = paused;
        this.autodestroy = autodestroy;
        this.owner = owner;
        this.fromSnapshot = fromSnapshot;
    }

    /** A life that an earlier daemon began; {@code guest} is null if it has ended. */
    static Life adopted(Domain domain, DomainDocument definition, Guest guest, boolean autodestroy) {
        Life life = new Life(domain, definition, null, false, autodestroy, null, false);
        life.launched(guest);
        return life;
    }

    /** The life that follows this one's end: with the same definition, but not paused. */
    Life next() {
        return new Life(domain, definition(), null, false, autodestroy, owner, false);
    }

    Domain domain() {
        return domain;
    }

    /** The guest's present definition: as launched, with later live changes. */
    DomainDocument definition() {
        Guest current = guest;
        return current == null ? definition : current.definition();
    }

    /** Empty for a life that follows another one: its definition may have changed meanwhile. */
    Optional<LaunchPlan> plan() {
        return Optional.ofNullable(plan);
    }

    boolean paused() {
        return paused;
    }

    /** Whether it begins with a snapshot's contents. */
    boolean fromSnapshot() {
        return fromSnapshot;
    }

    boolean autodestroy() {
        return autodestroy;
    }

    boolean diesWith(Object gone) {
        return autodestroy && owner == gone;
    }

    long livedNanos() {
        return System.nanoTime() - bornNanos;
    }

    /** Null until launched. */
    Guest guest() {
        return guest;
    }

    void launched(Guest launched) {
        guest = launched;
    }

    Asked asked() {
        return asked;
    }

    /** Destroying is final: no later request replaces it. */
    void ask(Asked what) {
        synchronized (domain) {
            if (!isFinal()) {
                asked = what;
            }
        }
    }

    /** Prevents another life after this one. */
    boolean isFinal() {
        return asked == Asked.DESTROY || asked == Asked.SNAPSHOT;
    }

    /** Takes back a request that could not be made. */
    void unask(Asked what, Asked before) {
        synchronized (domain) {
            if (asked == what) {
                asked = before;
            }
        }
    }

    /** Notes the end; false if it was already known. */
    boolean ended(GuestExit how) {
        if (exit != null) {
            return false;
        }
        exit = how;
        exited.complete(how);
        return true;
    }

    /** Null while it lives. */
    GuestExit exit() {
        return exit;
    }

    CompletableFuture<GuestExit> exited() {
        return exited;
    }

    /** Cancels a planned restart, if there is one. */
    void beLast() {
        last = true;
    }

    boolean isLast() {
        return last;
    }

    /** Completes when the end has been handled: the domain is off, or starting again. */
    CompletableFuture<Void> over() {
        return over;
    }
}
