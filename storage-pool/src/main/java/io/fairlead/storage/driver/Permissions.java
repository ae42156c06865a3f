package io.fairlead.storage.driver;

import java.util.OptionalInt;

/** Who may do what with a pool's folder or a volume's file; what is absent is left as it comes. */
public record Permissions(OptionalInt mode, OptionalInt owner, OptionalInt group) {
    public static final Permissions DEFAULT =
            new Permissions(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public Permissions {
        if (mode.isPresent() && (mode.getAsInt() & ~07777) != 0) {
            throw new IllegalArgumentException("mode: %o (expected: 0..7777)".formatted(mode.getAsInt()));
        }
    }
}
