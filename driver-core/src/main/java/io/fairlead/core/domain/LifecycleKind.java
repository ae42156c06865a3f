package io.fairlead.core.domain;

import java.util.Locale;

/** What can happen to a guest that a definition has an answer to, in the order of virDomainLifecycle. */
public enum LifecycleKind {
    POWEROFF,
    REBOOT,
    CRASH;

    /** The name of its element without the on_ in front. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
