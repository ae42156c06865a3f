package io.fairlead.libvirt.session;

import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.rpc.wire.Budget;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The events that one client has registered for. Read for every event, changed rarely. */
public final class Registrations {
    /**
     * The kinds of object that have events of their own, with the number of their event types and libvirt's word for
     * the kind.
     */
    public enum Topic {
        DOMAIN(27, "domain"),
        NETWORK(1, "network"),
        STORAGE_POOL(2, "storage pool"),
        NODE_DEVICE(2, "node device"),
        SECRET(2, "secret");

        private final int events;
        private final String word;

        Topic(int events, String word) {
            this.events = events;
            this.word = word;
        }
    }

    private record Registration(int callbackId, Topic topic, int eventId, UUID object) {
        boolean concerns(Topic otherTopic, int otherEvent, UUID other) {
            return topic == otherTopic && eventId == otherEvent && (object == null || object.equals(other));
        }
    }

    /** A client that registers more than this is faulty; libvirt's own limit is memory. */
    private static final int MAX = 4096;

    private final Budget budget;
    private final AtomicInteger lastId = new AtomicInteger();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /** @param budget how many more all clients of the same user may register */
    Registrations(Budget budget) {
        this.budget = budget;
    }

    /**
     * Returns the callback id, unique within the connection.
     *
     * @param object the only object of interest, or null for all
     */
    public int add(Topic topic, int eventId, UUID object) {
        if (eventId < 0 || eventId >= topic.events) {
            throw Errors.rpc(
                    ErrorCode.INTERNAL_ERROR,
                    topic == Topic.DOMAIN
                            ? "unsupported event ID %d".formatted(eventId)
                            : "unsupported %s event ID %d".formatted(topic.word, eventId));
        }
        if (registrations.size() >= MAX) {
            throw Errors.rpc(ErrorCode.OPERATION_FAILED, "cannot register more than %d event callbacks".formatted(MAX));
        }
        if (!budget.take(1)) {
            throw Errors.rpc(
                    ErrorCode.OPERATION_FAILED,
                    "cannot register more event callbacks: %d are registered by clients of the same user"
                            .formatted(budget.used()));
        }
        int callbackId = lastId.incrementAndGet();
        synchronized (this) {
            registrations.add(new Registration(callbackId, topic, eventId, object));
        }
        return callbackId;
    }

    public void remove(Topic topic, int callbackId) {
        if (!removeIf(r -> r.topic() == topic && r.callbackId() == callbackId)) {
            throw Errors.rpc(
                    ErrorCode.INTERNAL_ERROR, "%s event callback %d not registered".formatted(topic.word, callbackId));
        }
    }

    boolean isEmpty() {
        return registrations.isEmpty();
    }

    void clear() {
        removeIf(r -> true);
    }

    private synchronized boolean removeIf(Predicate<Registration> condition) {
        int before = registrations.size();
        registrations.removeIf(condition);
        int removed = before - registrations.size();
        budget.giveBack(removed);
        return removed > 0;
    }

    /** The callback ids that get an event, in the order of their registration. */
    public List<Integer> of(Topic topic, int eventId, UUID object) {
        return registrations.stream()
                .filter(r -> r.concerns(topic, eventId, object))
                .map(Registration::callbackId)
                .toList();
    }
}
