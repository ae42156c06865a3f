package io.fairlead.core.intent;

/** The requests that decide whether a domain runs, and how the end of its guest is understood. */
public enum Ask {
    /** Nothing that still has to be done: a guest that ends now does so by itself. */
    NOTHING,
    START,
    /** As {@link #START}, once per boot of the host. */
    AUTOSTART,
    SHUTDOWN,
    REBOOT,
    RESET,
    DESTROY,
    /** The guest is killed once a snapshot was taken. */
    HALT,
    /** The guest is killed because its volumes go back to a snapshot; afterwards the domain runs or not. */
    REVERT;

    /** Whether the guest is killed for good: no later request to that guest has an effect. */
    public boolean isFinal() {
        return this == DESTROY || this == HALT || this == REVERT;
    }

    /** Whether it is fulfilled by a launch, and asks nothing of a guest that runs. */
    boolean isStart() {
        return this == START || this == AUTOSTART;
    }

    /** Whether the domain is to be off once the request is fulfilled. A revert may go either way. */
    boolean endsDomain() {
        return this == SHUTDOWN || this == DESTROY || this == HALT;
    }
}
