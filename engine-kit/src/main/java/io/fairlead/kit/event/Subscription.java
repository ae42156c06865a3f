package io.fairlead.kit.event;

/** Closing it ends the delivery; an event being delivered at that moment may still arrive. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
