package io.fairlead.core.service;

import io.fairlead.core.backend.Backend;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainRegistry;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.domain.Life;
import io.fairlead.core.domain.Refusals;
import io.fairlead.core.domain.StartOptions;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.LastEnd;
import io.fairlead.core.intent.LaunchTerms;
import io.fairlead.core.intent.Request;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.life.GuestRequests;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.life.Restarts;
import io.fairlead.core.life.Starts;
import io.fairlead.core.snapshot.change.SnapshotRepair;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.job.JobSlot;
import io.fairlead.kit.thread.Threads;
import io.fairlead.xml.domain.DomainDocument;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops domains, and handles the ends of guests. Methods block for as long as the back end needs. Any thread
 * may call them, but a thread that reads from clients should not.
 */
@SuppressWarnings("try") // the variable only holds the job
public final class DomainLifecycle implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DomainLifecycle.class);

    private final DomainRegistry registry;
    private final Backend backend;
    private final Starts starts;
    private final SnapshotRepair snapshots;
    private final GuestRequests requests;
    private final Adoption adoption;
    private final Restarts restarts;
    private final IntentKeeper intents;
    private final Threads threads;
    private volatile boolean closing;

    DomainLifecycle(
            DomainRegistry registry,
            Backend backend,
            Starts starts,
            SnapshotRepair snapshots,
            GuestRequests requests,
            Adoption adoption,
            Restarts restarts,
            IntentKeeper intents,
            Threads threads) {
        this.registry = registry;
        this.backend = backend;
        this.starts = starts;
        this.snapshots = snapshots;
        this.requests = requests;
        this.adoption = adoption;
        this.restarts = restarts;
        this.intents = intents;
        this.threads = threads;
    }

    /**
     * Starts a domain from a definition. If a domain of that uuid and name is defined, it is that domain that starts,
     * and its persistent definition stays unchanged. Otherwise the new domain is transient.
     *
     * @throws EngineException OPERATION_INVALID if the domain is active, OPERATION_FAILED if its name or uuid belongs
     *     to another domain
     */
    public Domain create(DomainDocument document, StartOptions options) {
        LaunchPlan plan = backend.plan(document);
        adoption.awaitAll();
        while (true) {
            Domain domain = registry.claim(document.uuid(), document.name());
            requireOff(domain);
            try (JobSlot.Job job = domain.jobs().begin("create")) {
                if (!domain.gone()) {
                    requireOff(domain);
                    snapshots.settle(domain);
                    starts.launch(domain, plan, options, Ask.START, Request.By.CLIENT);
                    return domain;
                }
            }
        }
    }

    /**
     * Starts a defined domain.
     *
     * @throws EngineException OPERATION_INVALID if it is active
     */
    public void start(Domain domain, StartOptions options) {
        start(domain, options, Ask.START, Request.By.CLIENT);
    }

    private void start(Domain domain, StartOptions options, Ask ask, Request.By by) {
        domain.awaitKnown();
        try (JobSlot.Job job = domain.jobs().begin("start")) {
            DomainStatus status = domain.status();
            if (status.active()) {
                throw new EngineException(ErrorCode.OPERATION_INVALID, "Domain is already running");
            }
            if (!status.persistent()) {
                throw Refusals.noUuid(domain.uuid()); // undefined while this thread waited
            }
            snapshots.settle(domain);
            starts.launch(domain, backend.plan(domain.status().config()), options, ask, by);
        }
    }

    /** Asks the guest to end. The guest decides whether and when it does. */
    public void shutdown(Domain domain, ShutdownWay way) {
        requests.ask(domain, Ask.SHUTDOWN, guest -> guest.requestShutdown(way));
    }

    /** Asks the guest to reboot. When it then ends, in whichever way, its definition's on_reboot applies. */
    public void reboot(Domain domain, ShutdownWay way) {
        requests.ask(domain, Ask.REBOOT, guest -> guest.requestReboot(way));
    }

    /** Kills the guest and starts it again at once; returns when it runs. */
    public void reset(Domain domain) {
        requests.reset(domain);
    }

    /**
     * Kills the guest, even a paused one, and returns when the domain is off. Does not wait for other changes: a launch
     * in progress and a planned restart are cancelled.
     */
    public void destroy(Domain domain) {
        requests.destroy(domain);
    }

    /** Freezes the guest; does nothing if it is frozen. */
    public void suspend(Domain domain) {
        requests.suspend(domain);
    }

    /**
     * Thaws the guest.
     *
     * @throws EngineException OPERATION_INVALID if it is not frozen
     */
    public void resume(Domain domain) {
        requests.resume(domain);
    }

    /** Destroys the autodestroy domains of a client whose connection is gone, in the background. */
    public void ownerGone(Object owner) {
        starts.ownerGone(owner);
        for (Domain domain : registry.all()) {
            Life life = domain.life();
            if (life != null && life.diesWith(owner) && domain.status().active()) {
                starts.destroyLater(life);
            }
        }
    }

    /**
     * Finds the guests that earlier daemons left running. To be called once, in the background, while clients are
     * served. A domain's state is unknown until its guest is found or this method has ended. If the back end fails, its
     * failure is thrown, and no domain can be changed until the daemon is started again.
     */
    public void adopt() {
        try {
            adoption.run();
        } catch (RuntimeException e) {
            if (closing) {
                log.info("not all domains are taken over: this daemon stops; the next one does it", e);
                return;
            }
            throw e;
        }
        restarts.begin();
        threads.forEach(registry.all(), snapshots::repair);
    }

    /**
     * Starts the domains that are marked for autostart, or whose restart policy asks for it, unless something was asked
     * of them since the host was started. To be called once per boot of the host, after {@link #adopt}, and again if a
     * call did not return.
     */
    public void autostart() {
        List<Domain> due = registry.all().stream().filter(this::startsAtBoot).toList();
        threads.forEach(due, this::autostart);
    }

    private boolean startsAtBoot(Domain domain) {
        DomainStatus status = domain.status();
        boolean marked = status.autostart() && !intents.isOfThisBoot(status.intent());
        return !status.active() && (marked || intents.startsInThisBoot(status.intent()));
    }

    /** Ends the engine's own threads. Guests keep running, and planned restarts are left to the next daemon. */
    @Override
    public void close() {
        closing = true;
        threads.close();
    }

    private static void requireOff(Domain domain) {
        if (domain.status().active()) {
            throw Refusals.active(domain.status().name());
        }
    }

    private void autostart(Domain domain) {
        try {
            start(domain, StartOptions.PLAIN, Ask.AUTOSTART, Request.By.DAEMON);
        } catch (RuntimeException e) {
            if (!domain.status().active()) {
                log.error("domain '{}' cannot be autostarted", domain.status().name(), e);
                Request request = intents.request(Ask.AUTOSTART, Request.By.DAEMON);
                LastEnd end = LastEnd.without(StopReason.FAILED, intents.now(), "autostart failed: " + e.getMessage());
                domain.intend(
                        intent -> intent.starting(request, LaunchTerms.PLAIN).stopped(end));
                intents.saveOrLog(domain);
            }
        }
    }
}
