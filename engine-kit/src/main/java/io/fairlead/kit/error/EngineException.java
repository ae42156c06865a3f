package io.fairlead.kit.error;

import static java.util.Objects.requireNonNull;

/**
 * The one exception of the engine. Its message names the action, its subject and the obstacle. It is in lower case
 * without a full stop, because clients show it after a prefix of their own.
 */
public final class EngineException extends RuntimeException {
    private final ErrorCode code;
    private final ErrorDomain domain;

    public EngineException(ErrorCode code, ErrorDomain domain, String message, Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code");
        this.domain = requireNonNull(domain, "domain");
    }

    /** An error that libvirt's own LXC driver would raise (domain 17). */
    public EngineException(ErrorCode code, String message) {
        this(code, ErrorDomain.LXC, message, null);
    }

    /** As {@link #EngineException(ErrorCode, String)}, with its cause. */
    public EngineException(ErrorCode code, String message, Throwable cause) {
        this(code, ErrorDomain.LXC, message, cause);
    }

    public ErrorCode code() {
        return code;
    }

    public ErrorDomain domain() {
        return domain;
    }
}
