package io.fairlead.core.store;

import java.util.List;

/**
 * How a domain last ended.
 *
 * @param reason the name of a {@code StopReason}
 * @param status as {@link io.fairlead.core.backend.GuestExit#status}
 * @param at ISO 8601 instant
 * @param messages for an administrator
 */
public record LastEnd(String reason, int status, String at, List<String> messages) {
    public LastEnd {
        messages = messages == null ? List.of() : List.copyOf(messages);
    }
}
