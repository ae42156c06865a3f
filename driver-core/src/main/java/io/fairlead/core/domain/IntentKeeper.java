package io.fairlead.core.domain;

import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.intent.Request;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the intents of domains to disk. An intent changes in memory first, with the domain's status, under the
 * domain's lock. Whoever acts on the change saves it before. A save writes the intent of that moment, which may be a
 * later one: so the disk never goes back to an earlier intent, whichever threads save.
 */
final class IntentKeeper {
    private static final Logger log = LoggerFactory.getLogger(IntentKeeper.class);

    private final IntentStore store;
    private final Clock clock;
    private final String boot;

    /** @param boot the host's boot id */
    IntentKeeper(IntentStore store, Clock clock, String boot) {
        this.store = store;
        this.clock = clock;
        this.boot = boot;
    }

    /** A request that is made now. */
    Request request(Ask ask, Request.By by) {
        return Request.of(ask, by, clock.instant(), boot);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether the latest request was made since the host was started. */
    boolean isOfThisBoot(Intent intent) {
        return intent.isOfBoot(boot);
    }

    boolean startsInThisBoot(Intent intent) {
        return intent.startsInBoot(boot);
    }

    /** @throws EngineException SYSTEM_ERROR if it cannot be written */
    void save(Domain domain) {
        try {
            write(domain);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.SYSTEM_ERROR,
                    "cannot record what was asked of domain '%s': %s"
                            .formatted(domain.status().name(), e.getMessage()),
                    e);
        }
    }

    /**
     * As {@link #save}, for acts that matter more than their record: a full disk must not keep a guest from being
     * killed. A record that would start the domain again is removed, if possible.
     */
    void saveOrLog(Domain domain) {
        try {
            write(domain);
        } catch (IOException e) {
            log.error(
                    "cannot record what was asked of domain '{}'",
                    domain.status().name(),
                    e);
            Intent intent = domain.intent();
            if (intent.isSettled() && !intent.wantsRun()) {
                remove(domain);
            }
        }
    }

    /** As {@link #saveOrLog}, for a transient domain that is off: its record is removed soon and may say less. */
    void saveEnd(Domain domain) {
        synchronized (domain.written()) {
            Intent written = domain.written().intent;
            if (!domain.status().persistent() && written != null && !written.wantsRun()) {
                return;
            }
        }
        saveOrLog(domain);
    }

    /** As {@link #saveOrLog}, although the intent is the same: a transient domain's record also has its definition. */
    void saveAnew(Domain domain) {
        synchronized (domain.written()) {
            domain.written().intent = null;
        }
        saveOrLog(domain);
    }

    void remove(Domain domain) {
        synchronized (domain.written()) {
            remove(domain.uuid());
            domain.written().intent = null;
        }
    }

    void remove(UUID uuid) {
        try {
            store.remove(uuid);
        } catch (IOException e) {
            log.error("cannot remove the record of domain {}", uuid, e);
        }
    }

    private void write(Domain domain) throws IOException {
        synchronized (domain.written()) {
            DomainStatus now = domain.status();
            Intent intent = now.intent();
            if (domain.written().intent != intent) {
                store.save(domain.uuid(), intent, definition(now), mustBeDurable(now));
                domain.written().intent = intent;
            }
        }
    }

    /** The definition that the domain runs with, unless its persistent one says the same. */
    private static DomainDocument definition(DomainStatus now) {
        boolean off = !now.active() || now.intent().isSettled() && !now.intent().waits();
        return off || now.live().equals(now.config()) ? null : now.live();
    }

    /**
     * A power cut ends all guests, and with them most wishes. It leaves a domain's last end, and wishes that survive a
     * reboot of the host.
     */
    private static boolean mustBeDurable(DomainStatus now) {
        Intent intent = now.intent();
        return now.persistent() && (intent.policy().outlivesBoot() || intent.isSettled() && !intent.wantsRun());
    }
}
