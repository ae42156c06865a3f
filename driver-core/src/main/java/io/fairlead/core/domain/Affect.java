package io.fairlead.core.domain;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.error.ErrorDomain;

/** The definition that a call means. */
public enum Affect {
    /** The live one of an active domain, else the persistent one. */
    CURRENT,
    LIVE,
    CONFIG,
    LIVE_AND_CONFIG;

    /** Whether the live definition is meant. Throws if the domain lacks a definition that the call names. */
    public boolean live(DomainStatus status) {
        requirePossible(status);
        return this == LIVE || this == LIVE_AND_CONFIG || this == CURRENT && status.active();
    }

    /** Whether the persistent definition is meant. Throws if the domain lacks a definition that the call names. */
    public boolean config(DomainStatus status) {
        requirePossible(status);
        return this == CONFIG || this == LIVE_AND_CONFIG || this == CURRENT && !status.active();
    }

    /** Whether the live definition is to be read; a call cannot read both at once. */
    public boolean readsLive(DomainStatus status) {
        if (this == LIVE_AND_CONFIG) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG,
                    ErrorDomain.DOMAIN,
                    "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive",
                    null);
        }
        return live(status);
    }

    private void requirePossible(DomainStatus status) {
        if ((this == LIVE || this == LIVE_AND_CONFIG) && !status.active()) {
            throw Refusals.notRunning();
        }
        if ((this == CONFIG || this == LIVE_AND_CONFIG) && !status.persistent()) {
            throw Refusals.invalid("transient domains do not have any persistent config");
        }
    }
}
