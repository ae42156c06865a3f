package io.fairlead.core.intent;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The latest request about a domain.
 *
 * @param by the party that made it
 * @param boot the host's boot id at that time: requests of an earlier boot mean little
 * @param pending whether the guest that it was made to has not ended yet. A start is never pending: the wish to run
 *     says all about it
 */
public record Request(Ask ask, By by, Instant at, String boot, boolean pending) {
    /** Parties that make requests. */
    public enum By {
        CLIENT,
        /** Init itself, by powering off or rebooting. */
        GUEST,
        /** The daemon, for instance because a client's connection is gone. */
        DAEMON
    }

    public Request {
        requireNonNull(ask, "ask");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(boot, "boot");
    }

    /** A new request. */
    public static Request of(Ask ask, By by, Instant at, String boot) {
        return new Request(ask, by, at, boot, ask != Ask.NOTHING && !ask.isStart());
    }

    Request done() {
        return pending ? new Request(ask, by, at, boot, false) : this;
    }
}
