package io.fairlead.core.service;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.Life;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.life.Starts;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.core.snapshot.SnapshotPlan;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.snapshot.SnapshotTree;
import io.fairlead.core.snapshot.change.SnapshotDeletion;
import io.fairlead.core.snapshot.change.SnapshotRefusals;
import io.fairlead.core.snapshot.change.SnapshotRepair;
import io.fairlead.core.snapshot.change.SnapshotReverting;
import io.fairlead.core.snapshot.change.SnapshotRules;
import io.fairlead.core.snapshot.change.SnapshotTaking;
import io.fairlead.core.volume.VolumeSnapshotter;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotRequest;
import io.fairlead.xml.snapshot.SnapshotState;
import java.time.Clock;
import java.util.Optional;

/**
 * Snapshots of domains. A snapshot keeps the definition and the contents of volumes in storage pools, but never a
 * container's memory. Methods take the domain's job and block for as long as pools need. Reading
 * {@link Domain#snapshots} never waits.
 */
@SuppressWarnings("try") // the variable only holds the job
public final class DomainSnapshots {
    private final Backend backend;
    private final SnapshotStore store;
    private final VolumeSnapshotter volumes;
    private final Clock clock;
    private final GuestRequests requests;
    private final SnapshotTaking taking;
    private final SnapshotReverting reverting;
    private final SnapshotDeletion deletion;
    private final SnapshotRepair repair;
    private final Starts starts;

    /** The state that a domain gets after a revert. */
    public enum After {
        /** The state in which the snapshot was taken. */
        AS_TAKEN,
        RUN,
        PAUSE
    }

    DomainSnapshots(
            Backend backend,
            SnapshotStore store,
            VolumeSnapshotter volumes,
            Clock clock,
            GuestRequests requests,
            SnapshotTaking taking,
            SnapshotReverting reverting,
            SnapshotDeletion deletion,
            SnapshotRepair repair,
            Starts starts) {
        this.backend = backend;
        this.store = store;
        this.volumes = volumes;
        this.clock = clock;
        this.requests = requests;
        this.taking = taking;
        this.reverting = reverting;
        this.deletion = deletion;
        this.repair = repair;
        this.starts = starts;
    }

    /**
     * Takes a snapshot, which becomes the current one. A running guest is paused for a moment.
     *
     * @param disksOnly whether a running guest is recorded as one that lost its power at that moment
     * @param halt whether the domain is off afterwards
     * @throws EngineException CONFIG_UNSUPPORTED for a file system that cannot be in a snapshot, OPERATION_FAILED for a
     *     taken name, OPERATION_INVALID for a transient domain
     */
    public Snapshot create(Domain domain, SnapshotRequest request, boolean disksOnly, boolean halt) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("snapshot")) {
            requirePersistent(domain);
            repair.settle(domain);
            Life life = domain.status().active() ? domain.guestLife() : null;
            boolean moves = life != null && !(domain.status().state() instanceof DomainState.Paused);
            SnapshotDocument document = document(domain, request, disksOnly);
            SnapshotPlan plan =
                    SnapshotPlan.of(domain.status().current().definition().devices(), request.disks(), volumes::path);
            if (plan.volumes().isEmpty()) {
                throw SnapshotRefusals.nothingToKeep(domain.status().name());
            }
            Snapshot.Stage stage = moves ? Snapshot.Stage.TAKING_FROZEN : Snapshot.Stage.TAKING;
            Snapshot intent = new Snapshot(domain.uuid(), document.withDisks(plan.disks()), plan.volumes(), stage);
            requireUnused(intent);
            Snapshot snapshot = take(domain, intent, life);
            keep(domain, snapshot, true);
            if (halt && domain.status().active()) {
                requests.halt(domain);
            }
            return snapshot;
        }
    }

    private Snapshot take(Domain domain, Snapshot intent, Life life) {
        taking.intend(intent);
        domain.book(domain.book().withUnfinished(intent));
        try {
            taking.take(intent, life);
            Snapshot kept = taking.keep(intent);
            domain.book(domain.book().withoutUnfinished(intent));
            return kept;
        } catch (RuntimeException e) {
            repair.clearAfter(e, domain);
            throw e;
        }
    }

    private SnapshotDocument document(Domain domain, SnapshotRequest request, boolean disksOnly) {
        request.memory().filter(where -> !where.equals("no")).ifPresent(where -> {
            throw SnapshotRefusals.memory(where);
        });
        DomainStatus status = domain.status();
        SnapshotTree tree = domain.snapshots();
        long now = clock.instant().getEpochSecond();
        String name = request.name().orElseGet(() -> freeName(tree, now));
        if (tree.find(name).isPresent()) {
            throw SnapshotRefusals.exists(name);
        }
        boolean otherConfig = status.active() && !status.config().equals(status.live());
        return new SnapshotDocument(
                name,
                request.description(),
                state(status, disksOnly),
                tree.current().map(Snapshot::name),
                now,
                request.disks(),
                status.current(),
                otherConfig ? Optional.of(status.config()) : Optional.empty());
    }

    private static String freeName(SnapshotTree tree, long seconds) {
        String name = Long.toString(seconds);
        for (int i = 2; tree.find(name).isPresent(); i++) {
            name = "%d-%d".formatted(seconds, i);
        }
        return name;
    }

    private static SnapshotState state(DomainStatus status, boolean disksOnly) {
        if (!status.active()) {
            return SnapshotState.SHUTOFF;
        }
        if (disksOnly) {
            return SnapshotState.DISK_SNAPSHOT;
        }
        return status.state() instanceof DomainState.Paused ? SnapshotState.PAUSED : SnapshotState.RUNNING;
    }

    /**
     * Contents kept by an earlier snapshot of that name are not overwritten: they stay until their volume goes or that
     * snapshot is defined again.
     */
    private void requireUnused(Snapshot snapshot) {
        for (VolumeSource volume : snapshot.volumes()) {
            if (volumes.has(volume, snapshot.contentId(volume))) {
                throw SnapshotRefusals.invalid(
                        "volume %s still has what an earlier snapshot '%s' of this domain kept: define that again, or delete it"
                                .formatted(volume, snapshot.name()));
            }
        }
    }

    /**
     * Defines a snapshot whose contents are still with the volumes, or changes the description of an existing one.
     *
     * @param current whether it becomes the current one
     * @throws EngineException INVALID_ARG for a parent that is missing or would make a circle, OPERATION_INVALID for a
     *     volume without the snapshot's contents
     */
    public Snapshot redefine(Domain domain, SnapshotDocument document, boolean current) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("snapshot")) {
            requirePersistent(domain);
            repair.settle(domain);
            SnapshotRules.check(domain.uuid(), domain.snapshots(), document);
            SnapshotPlan plan =
                    SnapshotPlan.of(document.domain().definition().devices(), document.disks(), volumes::path);
            Snapshot snapshot = new Snapshot(domain.uuid(), document, plan.volumes(), Snapshot.Stage.KEPT);
            for (VolumeSource volume : snapshot.volumes()) {
                if (!volumes.has(volume, snapshot.contentId(volume))) {
                    throw SnapshotRefusals.invalid(
                            "volume %s has kept nothing of a snapshot '%s'".formatted(volume, snapshot.name()));
                }
            }
            store.save(snapshot);
            keep(domain, snapshot, current);
            return snapshot;
        }
    }

    private void keep(Domain domain, Snapshot snapshot, boolean current) {
        domain.book(domain.book().with(domain.snapshots().with(snapshot)));
        if (current) {
            store.saveCurrent(domain.uuid(), Optional.of(snapshot.name()));
            domain.book(domain.book().with(domain.snapshots().withCurrent(snapshot.name())));
        }
    }

    /**
     * Deletes a snapshot, its descendants, or both.
     *
     * @param contents false to leave its contents with the volumes, so that it can be defined again
     */
    public void delete(Domain domain, String name, boolean self, boolean descendants, boolean contents) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("snapshot deletion")) {
            repair.settle(domain);
            deletion.delete(domain, find(domain, name), self, descendants, contents);
        }
    }

    /**
     * Restores the domain's volumes, definition and state from the snapshot. A running guest is killed. If the daemon
     * crashes meanwhile, the domain has either all of the old contents or, by its next start, all of the restored ones.
     */
    public void revert(Domain domain, String name, After after) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("snapshot revert")) {
            requirePersistent(domain);
            repair.clearUnfinished(domain);
            Snapshot snapshot = find(domain, name);
            SnapshotState state = snapshot.document().state();
            boolean runs = after != After.AS_TAKEN || SnapshotRules.isOnline(state);
            boolean paused = after == After.PAUSE || after == After.AS_TAKEN && state == SnapshotState.PAUSED;
            reverting.check(snapshot);
            if (runs) {
                backend.plan(snapshot.document().config());
            }
            StartOptions next = StartOptions.fromSnapshot(paused);
            revert(domain, snapshot, runs ? Optional.of(next.terms()) : Optional.empty());
            if (runs) {
                starts.launch(domain, backend.plan(domain.status().config()), next, Ask.START, Request.By.CLIENT);
            }
        }
    }

    /** @param after how the domain runs afterwards. The next daemon sees to that if this one is killed */
    private void revert(Domain domain, Snapshot snapshot, Optional<LaunchTerms> after) {
        boolean ran = domain.status().active();
        try {
            if (ran) {
                requests.endForRevert(domain, after);
            }
            reverting.begin(domain, snapshot);
            if (!ran && after.isPresent()) {
                requests.noteRevert(domain, after.get());
            }
            reverting.finish(domain, snapshot);
        } catch (RuntimeException e) {
            requests.giveUpRevert(domain);
            throw e;
        }
    }

    private static Snapshot find(Domain domain, String name) {
        return domain.snapshots().find(name).orElseThrow(() -> SnapshotRefusals.none(name));
    }

    private static void requirePersistent(Domain domain) {
        if (!domain.status().persistent()) {
            throw SnapshotRefusals.transientDomain(domain.status().name());
        }
    }
}
