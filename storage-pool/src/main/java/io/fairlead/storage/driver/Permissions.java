package io.fairlead.storage.driver;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Owner, group and mode of a pool's folder or a volume's file. An absent value is left as it comes. */
public record Permissions(OptionalInt mode, OptionalInt owner, OptionalInt group) {
    public static final Permissions DEFAULT =
            new Permissions(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** @throws ErrnoException ENOENT and others */
    public static Permissions of(Path path) throws ErrnoException {
        FileStat stat = FileStat.of(path);
        return new Permissions(
                OptionalInt.of(stat.mode() & 07777), OptionalInt.of(stat.user()), OptionalInt.of(stat.group()));
    }

    /** Whether a path has every value that is given here. @throws ErrnoException ENOENT and others */
    public boolean areThoseOf(Path path) throws ErrnoException {
        Permissions found = of(path);
        return (mode.isEmpty() || mode.equals(found.mode))
                && (owner.isEmpty() || owner.equals(found.owner))
                && (group.isEmpty() || group.equals(found.group));
    }

    public Permissions {
        if (mode.isPresent() && (mode.getAsInt() & ~07777) != 0) {
            throw new IllegalArgumentException("mode: %o (expected: 0..7777)".formatted(mode.getAsInt()));
        }
    }
}
