package io.fairlead.core.service;

import io.fairlead.core.domain.Affect;
import io.fairlead.core.domain.DefinitionEdits;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.Refusals;
import io.fairlead.core.event.DomainEvent;
import io.fairlead.core.event.LifecycleChange;
import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.snapshot.change.SnapshotRepair;
import io.fairlead.core.store.DefinitionStore;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.kit.store.DamagedFile;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persistent definitions and their editing. A change is on disk before any client sees it, so that memory and disk
 * agree when writing fails.
 */
@SuppressWarnings("try") // the variable only holds the job
public final class DomainDefinitions {
    private static final Logger log = LoggerFactory.getLogger(DomainDefinitions.class);

    private final DomainRegistry registry;
    private final DefinitionStore store;
    private final IntentKeeper intents;
    private final EventBus events;
    private final Adoption adoption;
    private final SnapshotRepair snapshots;
    private final List<DamagedFile> damaged;

    DomainDefinitions(
            DomainRegistry registry,
            DefinitionStore store,
            IntentKeeper intents,
            EventBus events,
            Adoption adoption,
            SnapshotRepair snapshots,
            List<DamagedFile> damaged) {
        this.registry = registry;
        this.store = store;
        this.intents = intents;
        this.events = events;
        this.adoption = adoption;
        this.snapshots = snapshots;
        this.damaged = List.copyOf(damaged);
    }

    /** The files that could not be read at start. */
    public List<DamagedFile> damaged() {
        return damaged;
    }

    /**
     * Defines a domain, or replaces the definition of the domain with that uuid and name. A running domain keeps its
     * live definition; a transient one becomes persistent.
     *
     * @throws EngineException OPERATION_FAILED if the name or the uuid is another domain's
     */
    public Domain define(DomainDocument document) {
        DefinitionEdits.requireGoodName(document.name());
        adoption.awaitAll();
        while (true) {
            Domain domain = registry.claim(document.uuid(), document.name());
            try (JobSlot.Job job = domain.jobs().begin("define")) {
                if (define(domain, document)) {
                    return domain;
                }
            }
        }
    }

    /**
     * Removes the definition; a running domain becomes transient.
     *
     * @param withSnapshots whether its snapshots are forgotten; their contents stay with the volumes
     * @throws EngineException OPERATION_INVALID if the domain is transient, or has snapshots and {@code withSnapshots}
     *     is false
     */
    public void undefine(Domain domain, boolean withSnapshots) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("undefine")) {
            requirePersistent(domain, "Cannot undefine transient domain");
            int kept = domain.snapshots().all().size();
            if (kept > 0 && !withSnapshots) {
                throw Refusals.invalid("cannot delete %s domain with %d snapshots"
                        .formatted(domain.status().active() ? "active" : "inactive", kept));
            }
            store.delete(domain.uuid());
            forgetMarks(domain);
            synchronized (domain) {
                domain.change(status -> status.withConfig(null));
                publish(domain, LifecycleChange.UNDEFINED_REMOVED);
                if (!domain.status().active()) {
                    registry.drop(domain);
                }
            }
            if (domain.status().active()) {
                intents.saveAnew(domain); // from now on it has the only definition
            }
        }
    }

    /**
     * Renames a domain that is off.
     *
     * @throws EngineException OPERATION_INVALID if the domain runs or is transient, or if the name is taken or is
     *     already its own
     */
    public void rename(Domain domain, String newName) {
        DefinitionEdits.requireGoodName(newName);
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("rename")) {
            DomainStatus status = domain.status();
            if (status.active()) {
                throw Refusals.invalid("cannot rename active domain");
            }
            requirePersistent(domain, "cannot rename a transient domain");
            if (status.name().equals(newName)) {
                throw Refusals.invalid("Can't rename domain to itself");
            }
            DomainDocument renamed = DefinitionEdits.renamed(status.config(), newName);
            if (!registry.claimName(domain, newName)) {
                throw Refusals.invalid("domain with name '%s' already exists".formatted(newName));
            }
            rename(domain, status.name(), renamed);
        }
    }

    /** @throws EngineException OPERATION_INVALID if it is transient */
    public void setAutostart(Domain domain, boolean on) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("set autostart")) {
            requirePersistent(domain, "Cannot set autostart for transient domain");
            if (domain.status().autostart() != on) {
                store.setAutostart(domain.uuid(), on);
                domain.change(status -> status.withAutostart(on));
            }
        }
    }

    /**
     * Sets or removes a piece of metadata.
     *
     * @param text null removes the metadata; so does an empty text for a title or a description
     * @param key the prefix of an element; null for the other kinds
     * @param uri the namespace of an element; null for the other kinds
     */
    public void setMetadata(Domain domain, MetadataKind kind, String text, String key, String uri, Affect affect) {
        edit(
                domain,
                "set metadata",
                affect,
                definition -> DefinitionEdits.withMetadata(definition, kind, text, key, uri));
        synchronized (domain) {
            DomainStatus now = domain.status();
            events.publish(
                    new DomainEvent.MetadataChange(now.uuid(), now.name(), now.id(), kind, Optional.ofNullable(uri)));
        }
    }

    /** @throws EngineException NO_DOMAIN_METADATA if there is none */
    public String metadata(Domain domain, MetadataKind kind, String uri, Affect affect) {
        DomainStatus status = domain.status();
        Refusals.requirePresent(status);
        DomainDocument definition = affect.readsLive(status) ? status.live() : status.config();
        return DefinitionEdits.metadata(definition, kind, uri);
    }

    /** Sets the action for the guest's power-off, reboot or crash. */
    public void setLifecycleAction(Domain domain, LifecycleEvent kind, LifecycleAction action, Affect affect) {
        DefinitionEdits.requireFitting(kind, action);
        edit(
                domain,
                "set lifecycle action",
                affect,
                definition -> DefinitionEdits.withAction(definition, kind, action));
    }

    /** False if the domain has left the registry meanwhile. */
    private boolean define(Domain domain, DomainDocument document) {
        if (domain.gone()) {
            return false;
        }
        boolean added = !domain.status().persistent();
        try {
            store.save(document);
        } catch (EngineException e) {
            synchronized (domain) {
                if (domain.status().current() == null) {
                    registry.drop(domain); // its name was only claimed
                }
            }
            throw e;
        }
        synchronized (domain) {
            if (domain.gone()) {
                return false; // a transient domain that has just ended; the next turn defines it anew
            }
            domain.change(status -> status.withConfig(document));
            registry.show(domain);
            publish(domain, added ? LifecycleChange.DEFINED_ADDED : LifecycleChange.DEFINED_UPDATED);
        }
        return true;
    }

    private void rename(Domain domain, String oldName, DomainDocument renamed) {
        String newName = renamed.name();
        try {
            store.save(renamed);
        } catch (EngineException e) {
            registry.freeName(domain, newName);
            throw e;
        }
        synchronized (domain) {
            publish(domain, LifecycleChange.UNDEFINED_RENAMED);
            domain.change(status -> status.renamed(newName, renamed));
            registry.renamed(domain, oldName);
            publish(domain, LifecycleChange.DEFINED_RENAMED);
        }
    }

    private void edit(Domain domain, String what, Affect affect, UnaryOperator<DomainDocument> change) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin(what)) {
            DomainStatus before = domain.status();
            DomainDocument config = affect.config(before) ? change.apply(before.config()) : null;
            DomainDocument live = affect.live(before) ? change.apply(before.live()) : null;
            if (live != null) {
                domain.guestLife().guest().update(live);
            }
            if (config != null) {
                saveOrTakeBack(domain, config, live, before.live());
                domain.change(status -> status.withConfig(config));
            }
            if (live != null) {
                domain.change(status -> withLive(status, live));
                followPolicy(domain, live);
            }
        }
    }

    /** A restart policy that changes while the guest runs counts from now on. */
    private void followPolicy(Domain domain, DomainDocument live) {
        RestartPolicy policy = DefinitionEdits.restartPolicy(live);
        if (domain.status().active()) {
            domain.intend(intent -> intent.withPolicy(policy));
            intents.saveOrLog(domain);
        }
    }

    /**
     * Changes both definitions or none. The guest's is changed first, because it can be changed back without a loss.
     */
    private void saveOrTakeBack(Domain domain, DomainDocument config, DomainDocument live, DomainDocument liveBefore) {
        try {
            store.save(config);
        } catch (EngineException e) {
            if (live != null) {
                takeBack(domain, live, liveBefore, e);
            }
            throw e;
        }
    }

    private static void takeBack(Domain domain, DomainDocument live, DomainDocument before, EngineException why) {
        try {
            domain.guestLife().guest().update(before);
        } catch (EngineException e) {
            // Clients see the content of the guest's file.
            domain.change(status -> withLive(status, live));
            why.addSuppressed(e);
        }
    }

    private static DomainStatus withLive(DomainStatus status, DomainDocument live) {
        return status.active() ? status.withLive(live) : status;
    }

    /** The domain is undefined even if its marks and snapshots cannot be removed: the next start removes the rest. */
    private void forgetMarks(Domain domain) {
        try {
            store.deleteMarks(domain.uuid());
            snapshots.forgetAll(domain);
            if (!domain.status().active()) {
                intents.remove(domain);
            }
        } catch (IOException | EngineException e) {
            log.warn(
                    "marks or snapshots of domain '{}' cannot be removed yet",
                    domain.status().name(),
                    e);
        }
    }

    private static void requirePersistent(Domain domain, String otherwise) {
        if (domain.gone()) {
            throw Refusals.noUuid(domain.uuid());
        }
        if (!domain.status().persistent()) {
            throw new EngineException(ErrorCode.OPERATION_INVALID, otherwise);
        }
    }

    private void publish(Domain domain, LifecycleChange change) {
        DomainStatus now = domain.status();
        events.publish(change.of(now.uuid(), now.name(), now.id()));
    }
}
