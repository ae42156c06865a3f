package io.fairlead.core.life;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.domain.DomainStatus;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.intent.Request;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.thread.Threads;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the intents of domains to disk. An intent changes in memory first, with the domain's status, under the
 * domain's lock. Whoever acts on the change saves it before. A save writes the intent of that moment, which may be a
 * later one: so the disk never goes back to an earlier intent, whichever threads save.
 */
public final class IntentKeeper {
    private static final Logger log = LoggerFactory.getLogger(IntentKeeper.class);

    /**
     * Records that are to be removed. Another domain with the same uuid may be made before that, and then keeps its
     * own. The map's operations on one key exclude each other.
     */
    private final class Leaving {
        /** Roomy, because keys that share a place in the table exclude each other, too. */
        private static final int PLACES = 256;

        private final Map<UUID, Boolean> uuids = new ConcurrentHashMap<>(PLACES);

        void add(UUID uuid) {
            uuids.put(uuid, true);
        }

        void removeNow(UUID uuid) {
            uuids.computeIfPresent(uuid, (key, present) -> {
                remove(key);
                return null;
            });
        }

        void cancel(UUID uuid) {
            uuids.remove(uuid);
        }
    }

    private final IntentStore store;
    private final Threads threads;
    private final Leaving leaving = new Leaving();
    private final Clock clock;
    private final String boot;

    /** @param boot the host's boot id */
    public IntentKeeper(IntentStore store, Threads threads, Clock clock, String boot) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.boot = boot;
    }

    /** A request that is made now. */
    public Request request(Ask ask, Request.By by) {
        return Request.of(ask, by, clock.instant(), boot);
    }

    public Instant now() {
        return clock.instant();
    }

    /** Whether the latest request was made since the host was started. */
    public boolean isOfThisBoot(Intent intent) {
        return intent.isOfBoot(boot);
    }

    public boolean startsInThisBoot(Intent intent) {
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
    public void saveOrLog(Domain domain) {
        try {
            write(domain);
        } catch (IOException e) {
            log.error(
                    "cannot record what was asked of domain '{}'",
                    domain.status().name(),
                    e);
            Intent intent = domain.intent();
            if (intent.isSettled() && !intent.wantsRun()) {
                remove(domain.uuid());
            }
        }
    }

    /** As {@link #saveOrLog}, for a transient domain that is off: its record is removed soon and may say less. */
    void saveEnd(Domain domain) {
        synchronized (domain.written()) {
            Intent written = domain.written().intent();
            if (!domain.status().persistent() && written != null && !written.wantsRun()) {
                return;
            }
        }
        saveOrLog(domain);
    }

    /** As {@link #saveOrLog}, although the intent is the same: a transient domain's record also has its definition. */
    public void saveAnew(Domain domain) {
        synchronized (domain.written()) {
            domain.written().is(null);
        }
        saveOrLog(domain);
    }

    /**
     * Removes the record of a domain that is leaving, in the background: on ext4, to remove a file that was replaced a
     * moment ago takes milliseconds. The record says that the domain is off; the next daemon removes it as well.
     */
    public void remove(Domain domain) {
        UUID uuid = domain.uuid();
        synchronized (domain.written()) {
            domain.written().is(null);
        }
        leaving.add(uuid);
        threads.run(() -> leaving.removeNow(uuid));
    }

    /** Removes the record of a domain that is not there. */
    public void remove(UUID uuid) {
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
            if (domain.written().intent() != intent) {
                leaving.cancel(domain.uuid());
                store.save(domain.uuid(), intent, definition(now), mustBeDurable(now));
                domain.written().is(intent);
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
