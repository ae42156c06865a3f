package io.fairlead.core.domain;

import io.fairlead.core.intent.Intent;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.snapshot.SnapshotBook;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.job.JobSlot;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A domain that clients see. Its methods, except {@link #awaitKnown}, never wait. APIs only look at it ({@link #uuid},
 * {@link #status}, {@link #snapshots}); {@code ImportRulesTest} checks that. Changes are for the engine's own packages.
 *
 * <p>Two things order its changes. Its job ({@link #jobs()}) is held for as long as a change takes, back-end calls
 * included. Its lock (the object's monitor) is held only to change the status and to queue the event for that change.
 */
public final class Domain {
    /** The intent on disk, guarded by this object's lock. */
    public static final class Written {
        private Intent intent;

        /** Null if there is none, or if it is unknown. */
        public Intent intent() {
            return intent;
        }

        public void is(Intent onDisk) {
            intent = onDisk;
        }
    }

    private final UUID uuid;
    private final JobSlot jobs;
    private final Duration adoptionWait;
    private final CompletableFuture<Void> known;
    private final Written written = new Written();
    private final XmlTexts texts = new XmlTexts();
    private volatile DomainStatus status;
    private Life life; // guarded by this
    private Launch launch; // guarded by this
    private volatile boolean gone;
    private volatile SnapshotBook book = SnapshotBook.EMPTY;

    /** @param known completes when adoption has found out whether the domain runs */
    Domain(DomainStatus status, EngineTimes times, CompletableFuture<Void> known) {
        this.uuid = status.uuid();
        this.status = status;
        this.jobs = new JobSlot(times.job());
        this.adoptionWait = times.adoption();
        this.known = known;
    }

    public UUID uuid() {
        return uuid;
    }

    /** Its current status. Reads memory. */
    public DomainStatus status() {
        return status;
    }

    /** Its current snapshots. Reads memory. */
    public SnapshotTree snapshots() {
        return book.tree();
    }

    public SnapshotBook book() {
        return book;
    }

    /** For the holder of its job. */
    public void book(SnapshotBook changed) {
        book = changed;
    }

    public JobSlot jobs() {
        return jobs;
    }

    /** The intent on disk. Its lock is held for writing there; take no other lock meanwhile. */
    public Written written() {
        return written;
    }

    public XmlTexts texts() {
        return texts;
    }

    public synchronized void change(UnaryOperator<DomainStatus> step) {
        status = step.apply(status);
    }

    /** Changes the intent in memory. The caller saves it ({@link IntentKeeper}) before it acts on the change. */
    public synchronized Intent intend(UnaryOperator<Intent> step) {
        Intent next = step.apply(status.intent());
        status = status.withIntent(next);
        return next;
    }

    public Intent intent() {
        return status.intent();
    }

    public synchronized Life life() {
        return life;
    }

    /** Begins another life. The caller launches it, on this thread. */
    public synchronized void begin(Life next, Launch call) {
        life = next;
        launch = call;
    }

    /** Takes up a life that an earlier daemon began. */
    public synchronized void adopt(Life found) {
        life = found;
    }

    public synchronized Launch launch() {
        return launch;
    }

    public synchronized void launchOver() {
        launch = null;
    }

    /** The life whose guest can be used now. */
    public synchronized Life guestLife() {
        if (!status.active()) {
            throw Refusals.notRunning();
        }
        boolean ends = life.exit() != null && !(status.state() instanceof DomainState.Starting);
        if (ends) {
            throw Refusals.notRunning();
        }
        if (life.guest() == null || life.exit() != null) {
            throw Refusals.invalid("domain '%s' is starting up".formatted(status.name()));
        }
        return life;
    }

    /** True once the domain has left the registry: a thread that waited for it must look it up again. */
    public boolean gone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    public boolean isKnown() {
        return known.isDone();
    }

    public CompletableFuture<Void> known() {
        return known;
    }

    /** Waits until adoption has found out whether the domain runs. No change makes sense before that. */
    public void awaitKnown() {
        try {
            known.get(adoptionWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    ErrorCode.OPERATION_TIMEOUT,
                    "cannot acquire state change lock (held by adoption): domain '%s' is still being looked for"
                            .formatted(status.name()),
                    e);
        } catch (ExecutionException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "cannot change domain '%s': whether it runs could not be found out".formatted(status.name()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(ErrorCode.OPERATION_FAILED, "interrupted while waiting for adoption", e);
        }
    }
}
