package io.fairlead.backend.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The log of one guest's console, which the monitor (conmon 2.1.6) writes and bounds: when it would grow beyond the
 * limit, the monitor puts an empty file in its place and drops the old one. That would lose the scrollback. So the
 * current file also has a second name, {@link #previous}, under which it outlives its replacement. {@link #keep} gives
 * that name to the new file once enough is in it.
 */
public final class ConsoleLog {
    private static final String NAME = "console.log";
    /** The monitor's own file mode. */
    private static final String MODE = "rw-r-----";

    private final Path path;
    private final long limitBytes;

    /** @param limitBytes the monitor's limit for the file */
    public ConsoleLog(Path path, long limitBytes) {
        this.path = path;
        this.limitBytes = limitBytes;
    }

    /** The log in the given folder. */
    public static ConsoleLog in(Path folder, long limitBytes) {
        return new ConsoleLog(folder.resolve(NAME), limitBytes);
    }

    public Path path() {
        return path;
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** The second name. At first it names the current file, and after a rotation the file before. */
    public Path previous() {
        return sibling(".1");
    }

    /** The log of the previous run. */
    public Path lastRun() {
        return sibling(".old");
    }

    /** Before a start: moves the old log away, so that the new run's scrollback does not begin with the old run. */
    public void begin() throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(previous());
        if (Files.exists(path)) {
            Files.move(path, lastRun(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * During a start: makes the file, unless the monitor has made it already, and gives it its second name. The monitor
     * appends to it.
     */
    public void create() throws IOException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        } catch (FileAlreadyExistsException e) {
            // The monitor has made it already.
        }
        keep();
    }

    /**
     * Gives the current file the second name, if no file has it yet or the current file is half full. To be called now
     * and then. Half the limit is more than any scrollback, so nothing is lost with the old file.
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
                // The monitor is replacing it at this moment; the next call sees the new one.
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
