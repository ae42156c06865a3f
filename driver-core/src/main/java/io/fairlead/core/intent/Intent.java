package io.fairlead.core.intent;

import static java.util.Objects.requireNonNull;

import io.fairlead.core.backend.GuestExit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was asked of a domain, and what came of it. The next daemon goes on from here: it is written before each act,
 * and again when the act's result is known.
 *
 * <p>A domain's guest and its intent relate in four ways, whichever of the two a starting daemon looks at first:
 *
 * <pre>
 * wish  request  notBefore  meaning
 * RUN   any      none       a guest runs, or its launch was cut off
 * RUN   done     set        the last guest's end is dealt with; another one follows, not before that time
 * OFF   pending  none       a guest runs that was asked to end, or has ended unnoticed
 * OFF   done     none       off, and the last guest's end is dealt with
 * </pre>
 *
 * A pending {@link Ask#REVERT} with the wish to run may also lack a guest, because its volumes are being reverted.
 *
 * @param request the latest one; empty if there was none that this record knows of
 * @param terms of the next launch, or of the present guest's
 * @param notBefore the earliest time of a planned restart; empty if none is planned
 * @param lastEnd since the latest start; empty if there was none
 * @param created when the domain was first started or created
 * @param started when its latest launch began
 */
public record Intent(
        Wish wish,
        Optional<Request> request,
        LaunchTerms terms,
        RestartPolicy policy,
        RestartCount restarts,
        Optional<Instant> notBefore,
        Optional<LastEnd> lastEnd,
        Optional<Instant> created,
        Optional<Instant> started) {

    /** Of a domain that nothing is known about. */
    public static final Intent NONE = new Intent(
            Wish.OFF,
            Optional.empty(),
            LaunchTerms.PLAIN,
            RestartPolicy.AS_DEFINED,
            RestartCount.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Intent {
        requireNonNull(wish, "wish");
        requireNonNull(request, "request");
        requireNonNull(terms, "terms");
        requireNonNull(policy, "policy");
        requireNonNull(restarts, "restarts");
        requireNonNull(lastEnd, "lastEnd");
        requireNonNull(created, "created");
        requireNonNull(started, "started");
        if (notBefore.isPresent() && wish == Wish.OFF) {
            throw new IllegalArgumentException("a restart is planned for a domain that is to be off");
        }
    }

    public boolean wantsRun() {
        return wish == Wish.RUN;
    }

    /** The request to the present guest, or NOTHING. */
    public Ask pending() {
        return request.filter(Request::pending).map(Request::ask).orElse(Ask.NOTHING);
    }

    /** Whether the present guest is killed for good. */
    public boolean isFinal() {
        return pending().isFinal();
    }

    /** Whether a restart is planned. */
    public boolean waits() {
        return notBefore.isPresent();
    }

    /** Whether the end of the last guest is dealt with. */
    public boolean isSettled() {
        return request.isPresent() && pending() == Ask.NOTHING && (waits() || !wantsRun());
    }

    /** Whether the latest request was made in that boot of the host. */
    public boolean isOfBoot(String boot) {
        return request.map(Request::boot).filter(boot::equals).isPresent();
    }

    /** When its last guest ended; empty while none has, or after another start. */
    public Optional<Instant> finished() {
        return lastExit().map(GuestExit::at);
    }

    /** How its last guest ended; empty while none has, or after another start. */
    public Optional<GuestExit> lastExit() {
        return lastEnd.flatMap(LastEnd::exit);
    }

    /** For an administrator. */
    public List<String> messages() {
        return lastEnd.map(LastEnd::messages).orElse(List.of());
    }

    /** A launch was asked for and begins. Forgets earlier ends. */
    public Intent starting(Request start, LaunchTerms how) {
        return new Intent(
                Wish.RUN,
                Optional.of(start),
                how,
                policy,
                RestartCount.NONE,
                Optional.empty(),
                Optional.empty(),
                created.or(() -> Optional.of(start.at())),
                Optional.of(start.at()));
    }

    /** A planned launch begins. */
    public Intent launching(Instant now) {
        return with(wish, request.map(Request::done), Optional.empty(), lastEnd, Optional.of(now));
    }

    /** A guest was found that should not be there: an earlier daemon could not write the latest record. */
    public Intent foundRunning() {
        return isSettled() || request.isEmpty()
                ? with(Wish.RUN, request.map(Request::done), Optional.empty(), lastEnd, started)
                : this;
    }

    /**
     * The guest is asked to end, or to end and begin again. Nothing replaces a final request, and none but a final one
     * makes sense while a restart waits.
     */
    public Intent asked(Request what) {
        if (isFinal() || isSettled() && !(wantsRun() && what.ask().isFinal())) {
            return this;
        }
        return with(
                what.ask().endsDomain() ? Wish.OFF : Wish.RUN, Optional.of(what), Optional.empty(), lastEnd, started);
    }

    /**
     * The domain goes back to a snapshot, for which it must be off. Afterwards it is launched with {@code after}, or
     * stays off if that is empty.
     */
    public Intent reverting(Request revert, Optional<LaunchTerms> after) {
        return new Intent(
                after.isPresent() ? Wish.RUN : Wish.OFF,
                Optional.of(revert),
                after.orElse(terms),
                policy,
                restarts,
                Optional.empty(),
                lastEnd,
                created,
                started);
    }

    /** A request could not be made and is void; the guest runs on. */
    public Intent released() {
        return with(Wish.RUN, request.map(Request::done), Optional.empty(), lastEnd, started);
    }

    /**
     * A guest has ended, and another one follows.
     *
     * @param own the guest's own request, if it made one; replaces the one before
     */
    public Intent again(LastEnd end, Optional<Request> own, Instant earliest, RestartCount count) {
        return new Intent(
                Wish.RUN,
                own.or(() -> request).map(Request::done),
                terms.next(),
                policy,
                count,
                Optional.of(earliest),
                Optional.of(end),
                created,
                started);
    }

    /** A launch that an earlier daemon did not finish, or had planned, is planned. Its terms stay as they are. */
    public Intent resumed(Instant earliest, RestartCount count) {
        return new Intent(
                Wish.RUN,
                request.map(Request::done),
                terms,
                policy,
                count,
                Optional.of(earliest),
                lastEnd,
                created,
                started);
    }

    /**
     * The domain is off. If it is off for a revert only, the wish to run and the request stay.
     *
     * @param own the guest's own request, if it made one; replaces the one before
     */
    public Intent stopped(LastEnd end, Optional<Request> own) {
        if (pending() == Ask.REVERT && wantsRun()) {
            return with(wish, request, Optional.empty(), Optional.of(end), started);
        }
        return with(Wish.OFF, own.or(() -> request).map(Request::done), Optional.empty(), Optional.of(end), started);
    }

    /** A revert has failed: the domain stays off. */
    public Intent givenUp() {
        return with(Wish.OFF, request.map(Request::done), Optional.empty(), lastEnd, started);
    }

    /** The guest is still to end as it was asked to, and the domain is off then. */
    public Intent withoutRun() {
        return with(Wish.OFF, request, Optional.empty(), lastEnd, started);
    }

    /** As a later boot of the host sees it. The wish to run is void, unless the policy says otherwise. */
    public Intent afterReboot(Instant now) {
        if (!wantsRun() || policy.outlivesBoot()) {
            return with(wish, request.map(Request::done), Optional.empty(), lastEnd, started);
        }
        LastEnd end = LastEnd.without(StopReason.UNKNOWN, now, "it ran, or was to run, when the host went down");
        return with(Wish.OFF, request.map(Request::done), Optional.empty(), Optional.of(end), started);
    }

    /** Whether it is started because of its policy, in a boot of the host in which nothing was asked of it yet. */
    public boolean startsInBoot(String boot) {
        return request.isPresent() && !isOfBoot(boot) && policy.startsAtBoot(wish);
    }

    public Intent withPolicy(RestartPolicy other) {
        if (policy.equals(other)) {
            return this;
        }
        return new Intent(wish, request, terms, other, restarts, notBefore, lastEnd, created, started);
    }

    private Intent with(
            Wish newWish,
            Optional<Request> newRequest,
            Optional<Instant> newNotBefore,
            Optional<LastEnd> newEnd,
            Optional<Instant> newStarted) {
        return new Intent(newWish, newRequest, terms, policy, restarts, newNotBefore, newEnd, created, newStarted);
    }

    /** Without a guest: a failed launch, for instance. */
    public Intent stopped(LastEnd end) {
        return stopped(end, Optional.empty());
    }
}
