package io.fairlead.core.service;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.Life;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LastEnd;
import io.fairlead.core.intent.RestartCount;
import io.fairlead.core.intent.StopReason;
import io.fairlead.core.life.GuestEnds;
import io.fairlead.core.life.IntentKeeper;
import io.fairlead.core.life.RestartPacer;
import io.fairlead.core.life.Restarts;
import io.fairlead.core.snapshot.change.SnapshotRepair;
import io.fairlead.core.volume.VolumeResolver;
import io.fairlead.xml.domain.DomainDocument;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fulfils the intents of domains that should run but have no guest: an earlier daemon had planned a restart, or was
 * killed in the middle of a launch or a revert.
 */
final class Resumption {
    private static final Logger log = LoggerFactory.getLogger(Resumption.class);

    private final VolumeResolver volumes;
    private final IntentKeeper intents;
    private final RestartPacer pacer;
    private final GuestEnds ends;
    private final Restarts restarts;
    private final SnapshotRepair snapshots;

    Resumption(
            VolumeResolver volumes,
            IntentKeeper intents,
            RestartPacer pacer,
            GuestEnds ends,
            Restarts restarts,
            SnapshotRepair snapshots) {
        this.volumes = volumes;
        this.intents = intents;
        this.pacer = pacer;
        this.ends = ends;
        this.restarts = restarts;
        this.snapshots = snapshots;
    }

    /** Whether the domain is launched now. A wish of an earlier boot of the host is left to autostart. */
    boolean wants(Intent intent) {
        return intent.wantsRun()
                && intents.isOfThisBoot(intent)
                && refusal(intent).isEmpty();
    }

    /** The reason why a domain that should run is not launched without its client. */
    private static Optional<StopReason> refusal(Intent intent) {
        if (intent.terms().autodestroy()) {
            return Optional.of(StopReason.DESTROYED);
        }
        return intent.terms().inherits() ? Optional.of(StopReason.FAILED) : Optional.empty();
    }

    /**
     * Goes on with a domain whose state is unknown and which has no guest. Whatever cannot be gone on with is noted as
     * its last end.
     *
     * @param cutOff the back end's words about a launch that it has cleared away
     * @return false if the domain is off
     */
    boolean resume(Domain domain, DomainDocument definition, Optional<String> cutOff) {
        Intent intent = domain.intent();
        if (wants(intent)) {
            launch(domain, definition, intent);
            return true;
        }
        String note = "its launch was cut off when the daemon ended"
                + cutOff.map(": "::concat).orElse("");
        if (intent.wantsRun() && intents.isOfThisBoot(intent)) {
            settle(domain, refusal(intent).orElseThrow(), note + "; it needs its client");
        } else if (intent.pending() == Ask.SHUTDOWN) {
            settle(domain, StopReason.SHUTDOWN, "how init ended could not be learned");
        } else if (intent.pending() != Ask.NOTHING) {
            settle(
                    domain,
                    GuestEnds.reason(domain),
                    intent.pending() == Ask.DESTROY ? "destroyed" : "ended for a snapshot");
        } else if (cutOff.isPresent() && intent.request().isEmpty()) {
            settle(domain, StopReason.FAILED, note);
        }
        return false;
    }

    private void settle(Domain domain, StopReason reason, String note) {
        LastEnd end = LastEnd.without(reason, intents.now(), note);
        domain.intend(before -> before.givenUp().stopped(end));
        intents.saveOrLog(domain);
    }

    private void launch(Domain domain, DomainDocument definition, Intent intent) {
        boolean reverting = intent.pending() == Ask.REVERT;
        boolean again = !reverting && intent.lastEnd().isPresent();
        // A launch that killed the daemon must not do so again and again without a pause.
        RestartCount count = intent.waits() ? intent.restarts() : pacer.another(intent.restarts());
        Duration delay = intent.notBefore()
                .map(earliest -> pacer.rest(Duration.between(intents.now(), earliest)))
                .orElseGet(() -> pacer.delay(count));
        Life before;
        synchronized (domain) {
            domain.intend(one -> one.resumed(intents.now().plus(delay), count));
            before = Life.before(domain, definition, again);
            domain.adopt(before);
            domain.change(status -> status.starting(definition));
        }
        intents.saveOrLog(domain);
        if (domain.book().reverting().isEmpty()) { // a volume in use could not be reverted
            volumes.retake(domain.uuid(), definition.definition().devices().volumes());
        }
        log.info(
                "domain '{}' should run: an earlier daemon was to launch it",
                domain.status().name());
        restarts.plan(before, delay, ends, life -> {
            snapshots.settle(domain);
            return reverting ? Life.before(domain, domain.status().config(), false) : life;
        });
    }
}
