package io.fairlead.core.intent;

import static java.util.Objects.requireNonNull;

import io.fairlead.core.backend.GuestExit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a domain came to be off, or how the guest before the present one ended.
 *
 * @param exit how init ended; empty if there was no guest, because a launch failed or a restart was given up
 * @param at when the daemon noticed it
 * @param notes for an administrator, one or more lines each, in addition to the words for {@code exit}. A character
 *     that XML forbids is replaced
 */
public record LastEnd(StopReason reason, Optional<GuestExit> exit, Instant at, List<String> notes) {
    private static final char REPLACEMENT = '\ufffd';

    public LastEnd {
        requireNonNull(reason, "reason");
        requireNonNull(exit, "exit");
        requireNonNull(at, "at");
        notes = notes.stream().map(LastEnd::legal).toList();
    }

    /** The end of a guest. */
    public static LastEnd of(StopReason reason, GuestExit exit, List<String> notes) {
        return new LastEnd(reason, Optional.of(exit), exit.at(), notes);
    }

    /** An end without a guest. */
    public static LastEnd without(StopReason reason, Instant at, String note) {
        return new LastEnd(reason, Optional.empty(), at, List.of(note));
    }

    /** For an administrator. The way in which a killed init ended says nothing. */
    public List<String> messages() {
        boolean killed = reason == StopReason.DESTROYED || reason == StopReason.FROM_SNAPSHOT;
        if (killed || exit.isEmpty()) {
            return notes;
        }
        List<String> messages = new ArrayList<>(ExitWords.all(exit.get()));
        messages.addAll(notes);
        return messages;
    }

    private static String legal(String text) {
        return text.codePoints()
                .map(c -> isLegal(c) ? c : REPLACEMENT)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** XML 1.0, section 2.2. */
    private static boolean isLegal(int c) {
        return c >= 0x20 && c <= 0xd7ff || c == '\n' || c == '\t' || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }
}
