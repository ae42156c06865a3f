package io.fairlead.core.snapshot.change;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.Life;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotBook;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.kit.job.JobSlot;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repairs snapshots that a killed daemon or a failed attempt left half done. */
@SuppressWarnings("try") // the variable only holds the job
public final class SnapshotRepair {
    private static final Logger log = LoggerFactory.getLogger(SnapshotRepair.class);

    private final SnapshotStore store;
    private final GuestRequests requests;
    private final SnapshotTaking taking;
    private final SnapshotReverting reverting;
    private final SnapshotDeletion deletion;

    public SnapshotRepair(
            SnapshotStore store,
            GuestRequests requests,
            SnapshotTaking taking,
            SnapshotReverting reverting,
            SnapshotDeletion deletion) {
        this.store = store;
        this.requests = requests;
        this.taking = taking;
        this.reverting = reverting;
        this.deletion = deletion;
    }

    /**
     * Loads the snapshots of the loaded domains from disk. Snapshots of other domains are removed, unless the domain's
     * definition is damaged.
     */
    public void load(DomainRegistry registry, DefinitionStore definitions) {
        for (Map.Entry<UUID, SnapshotBook> entry : store.load().entrySet()) {
            Optional<Domain> domain = registry.find(entry.getKey());
            if (domain.isPresent()) {
                domain.get().book(entry.getValue());
            } else if (!definitions.has(entry.getKey())) {
                log.warn("forgetting the snapshots of domain {}, which is no longer defined", entry.getKey());
                deletion.forgetAll(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Completes work that an earlier daemon or a failed attempt left half done. The caller holds the domain's job. */
    public void settle(Domain domain) {
        if (domain.book().isSettled()) {
            return;
        }
        clearUnfinished(domain);
        Optional<String> pending = domain.book().reverting();
        if (pending.isPresent() && !hasGuest(domain)) {
            Snapshot snapshot = domain.snapshots()
                    .find(pending.get())
                    .orElseThrow(
                            () -> SnapshotRefusals.lostRevert(domain.status().name()));
            log.warn(
                    "domain '{}': finishing the revert to snapshot '{}'",
                    domain.status().name(),
                    snapshot.name());
            reverting.finish(domain, snapshot);
        }
    }

    /** False for a domain that is off, and for one that is to be launched as soon as its revert is finished. */
    private static boolean hasGuest(Domain domain) {
        boolean awaitsLaunch = domain.status().state() instanceof DomainState.Starting;
        return domain.status().active() && !awaitsLaunch;
    }

    /** Removes the remains of snapshots that were not finished. The caller holds the domain's job. */
    public void clearUnfinished(Domain domain) {
        for (Snapshot unfinished : domain.book().unfinished()) {
            log.warn(
                    "domain '{}': removing snapshot '{}', which was not finished",
                    domain.status().name(),
                    unfinished.name());
            Life life = domain.status().active() ? domain.life() : null;
            taking.clear(unfinished, life == null ? null : life.guest());
            domain.book(domain.book().withoutUnfinished(unfinished));
        }
    }

    /**
     * As {@link #settle}, for every domain, after a start of the daemon. A failure is logged, and the work is tried
     * again when needed.
     */
    public void repair(Domain domain) {
        if (domain.book().isSettled()
                && domain.snapshots().all().stream().noneMatch(s -> s.stage() == Snapshot.Stage.DROPPING)) {
            return;
        }
        boolean leftStanding = domain.book().unfinished().stream()
                .anyMatch(snapshot -> snapshot.stage() == Snapshot.Stage.TAKING_FROZEN);
        try (JobSlot.Job job = domain.jobs().begin("snapshot repair")) {
            settle(domain);
            domain.snapshots().all().stream()
                    .filter(snapshot -> snapshot.stage() == Snapshot.Stage.DROPPING)
                    .forEach(snapshot -> deletion.drop(domain, snapshot));
        } catch (RuntimeException e) {
            log.error(
                    "domain '{}': snapshots cannot be repaired yet",
                    domain.status().name(),
                    e);
        }
        if (leftStanding && domain.status().state() instanceof DomainState.Paused) {
            requests.resume(domain);
        }
    }

    /** As {@link #clearUnfinished}, after a failure that is reported to the client. */
    public void clearAfter(RuntimeException failure, Domain domain) {
        try {
            clearUnfinished(domain);
        } catch (RuntimeException e) {
            log.error(
                    "domain '{}': the remains of a snapshot cannot be removed yet",
                    domain.status().name(),
                    e);
            failure.addSuppressed(e);
        }
    }

    /** For a definition that is removed: its snapshots are forgotten, and their contents stay with the volumes. */
    public void forgetAll(Domain domain) {
        deletion.forgetAll(domain);
    }
}
