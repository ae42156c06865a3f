package io.fairlead.backend.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The log of one guest's console, which the monitor (conmon 2.1.6) writes and bounds: when it would grow beyond the limit,
 * the monitor puts an empty file in its place and drops the old one. That would lose the scrollback at that moment; so the
 * current file has a second name, {@link #previous}, and outlives its replacement. {@link #keep} moves that name on once
 * the new file has enough in it.
 */
public final class ConsoleLog {
    private static final String NAME = "console.log";
    /** The monitor's own choice. */
    private static final String MODE = "rw-r-----";

    private final Path path;
    private final long limitBytes;

    /** @param limitBytes the monitor's limit for the file */
    public ConsoleLog(Path path, long limitBytes) {
        this.path = path;
        this.limitBytes = limitBytes;
    }

    /** The one in a folder of its own. */
    public static ConsoleLog in(Path folder, long limitBytes) {
        return new ConsoleLog(folder.resolve(NAME), limitBytes);
    }

    public Path path() {
        return path;
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** The second name: the current file's at first, and after a rotation that of the one before. */
    public Path previous() {
        return sibling(".1");
    }

    /** Where the log of the run before this one is kept. */
    public Path lastRun() {
        return sibling(".old");
    }

    /** Before a start: makes room, so that a new run's scrollback does not begin with the old run. */
    public void begin() throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(previous());
        if (Files.exists(path)) {
            Files.move(path, lastRun(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** During a start: makes the file, which the monitor appends to, unless the monitor has; and its second name. */
    public void create() throws IOException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        } catch (FileAlreadyExistsException e) {
            // The monitor was quicker.
        }
        keep();
    }

    /**
     * Gives the current file its second name, if it has none yet or is half full; to be called now and then. At half the
     * limit there is more in it than any scrollback, so nothing is lost with the old file.
     */
    public void keep() throws IOException {
        Object current = identity(path);
        Object previous = identity(previous());
        if (current == null || current.equals(previous)) {
            return;
        }
        if (previous == null || Files.size(path) > limitBytes / 2) {
            Path link = sibling(".link");
            Files.deleteIfExists(link);
            try {
                Files.createLink(link, path);
                Files.move(link, previous(), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // The monitor is replacing it this instant; the next call sees the new one.
                Files.deleteIfExists(link);
            }
        }
    }

    /** Tells files apart, whatever their name; null if there is none. */
    Object identity(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            return null;
        }
    }

    private Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
