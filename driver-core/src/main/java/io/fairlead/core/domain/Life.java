package io.fairlead.core.domain;

import io.fairlead.core.backend.Guest;
import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One guest of a domain, from the intent to launch it until its end has been handled. A restart is another life. The
 * domain's lock guards the mutable fields, except volatile ones. What was asked of the guest is part of the domain's
 * {@link Intent}.
 */
public final class Life {
    private final Domain domain;
    private final DomainDocument definition;
    private final LaunchPlan plan;
    private final LaunchTerms terms;
    private final Object owner;
    private final Request start;
    private final boolean again;
    private final CompletableFuture<GuestExit> exited = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Guest guest;
    private GuestExit exit;
    private volatile boolean resetting;
    private boolean stopped; // guarded by this

    private Life(
            Domain domain,
            DomainDocument definition,
            LaunchPlan plan,
            LaunchTerms terms,
            Object owner,
            Request start,
            boolean again) {
        this.domain = domain;
        this.definition = definition;
        this.plan = plan;
        this.terms = terms;
        this.owner = owner;
        this.start = start;
        this.again = again;
    }

    /** The life that a request begins. */
    public Life(Domain domain, LaunchPlan plan, StartOptions options, Request start) {
        this(domain, plan.definition(), plan, options.terms(), options.owner(), start, false);
    }

    /** A life that an earlier daemon began; {@code guest} is null if it has ended. */
    public static Life adopted(Domain domain, DomainDocument definition, Guest guest, LaunchTerms terms) {
        Life life = new Life(domain, definition, null, terms, null, null, true);
        life.launched(guest);
        return life;
    }

    /**
     * In the place of the life before one that an earlier daemon was to launch.
     *
     * @param again false if that is the first one since the domain was started
     */
    public static Life before(Domain domain, DomainDocument definition, boolean again) {
        return new Life(domain, definition, null, domain.intent().terms(), null, null, again);
    }

    /** The life that follows this one's end: on the terms of the domain's intent, with the same definition. */
    public Life next() {
        return new Life(domain, definition(), null, domain.intent().terms(), owner, null, again || guest != null);
    }

    public Domain domain() {
        return domain;
    }

    /** The guest's present definition: as launched, with later live changes. */
    public DomainDocument definition() {
        Guest current = guest;
        return current == null ? definition : current.definition();
    }

    /** Empty for a life that follows another one: its definition may have changed meanwhile. */
    public Optional<LaunchPlan> plan() {
        return Optional.ofNullable(plan);
    }

    public LaunchTerms terms() {
        return terms;
    }

    /** Whether a request begins it, rather than the end of another life. */
    public boolean isAskedFor() {
        return start != null;
    }

    /** Whether clients have seen an earlier life since the domain was started. */
    public boolean again() {
        return again;
    }

    /** The domain's intent once the launch begins. */
    public Intent begun(Intent before, Instant now) {
        return isAskedFor() ? before.starting(start, terms) : before.launching(now);
    }

    public boolean diesWith(Object gone) {
        return terms.autodestroy() && owner == gone;
    }

    /** Null until launched. */
    public Guest guest() {
        return guest;
    }

    public void launched(Guest launched) {
        guest = launched;
    }

    /** Notes the end; false if it was already known. */
    public boolean ended(GuestExit how) {
        if (exit != null) {
            return false;
        }
        exit = how;
        exited.complete(how);
        return true;
    }

    /** Null while it lives. */
    public GuestExit exit() {
        return exit;
    }

    public CompletableFuture<GuestExit> exited() {
        return exited;
    }

    /** Whether a thread that resets the domain waits for the end, and launches the next life itself. */
    public boolean isResetting() {
        return resetting;
    }

    public void resetting(boolean now) {
        resetting = now;
    }

    /** Completes when the end has been handled: the domain is off, or starting again. */
    public CompletableFuture<Void> over() {
        return over;
    }

    /** Whether the domain was shown as off after this life, or instead of one that should have followed it. */
    public boolean isStopped() {
        return stopped;
    }

    public void stop() {
        stopped = true;
    }
}
