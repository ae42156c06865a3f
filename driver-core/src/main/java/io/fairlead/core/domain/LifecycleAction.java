package io.fairlead.core.domain;

import java.util.Locale;

/**
 * What a definition wants done when its guest powers off, reboots or crashes, in the order of virDomainLifecycleAction.
 *
 * <p>A container cannot be kept once its init is dead, has no core to dump as a whole, and is not renamed: those actions
 * are done as far as they go, with a message.
 */
public enum LifecycleAction {
    DESTROY,
    RESTART,
    RENAME_RESTART,
    PRESERVE,
    COREDUMP_DESTROY,
    COREDUMP_RESTART;

    /** As it is written in a definition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean restarts() {
        return this == RESTART || this == RENAME_RESTART || this == COREDUMP_RESTART;
    }

    /** Whether all of it can be done. */
    boolean exact() {
        return this == DESTROY || this == RESTART;
    }

    /** Dumping a core is for crashes only (virDomainDefLifecycleActionAllowed). */
    boolean fits(LifecycleKind kind) {
        return kind == LifecycleKind.CRASH || this != COREDUMP_DESTROY && this != COREDUMP_RESTART;
    }
}
