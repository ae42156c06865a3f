package io.fairlead.backend.console;

import io.fairlead.linux.file.TreeRemover;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console logs of guests that do not run, each in a folder of its own. Transient guests come and go without end, so
 * only the latest logs are kept.
 */
public final class EndedLogs {
    private static final Logger log = LoggerFactory.getLogger(EndedLogs.class);

    private record Ended(Path folder, FileTime last) {}

    private final Path directory;
    private final int kept;

    /**
     * @param directory contains the guests' folders, named by uuid; entries with other names are left alone
     * @param kept how many logs are kept
     */
    public EndedLogs(Path directory, int kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /** Removes all but the latest. @param runs tells which guests' logs stay in any case */
    public void prune(Predicate<UUID> runs) throws IOException {
        List<Ended> ended = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, EndedLogs::isGuests)) {
            for (Path folder : folders) {
                if (!runs.test(UUID.fromString(folder.getFileName().toString()))) {
                    ended.add(new Ended(folder, last(folder)));
                }
            }
        } catch (NoSuchFileException e) {
            return; // no guest has run yet
        }
        ended.sort(Comparator.comparing(Ended::last).reversed());
        for (Ended old : ended.subList(Math.min(kept, ended.size()), ended.size())) {
            log.debug("removing the console log in {}", old.folder);
            TreeRemover.remove(old.folder);
        }
    }

    private static boolean isGuests(Path folder) {
        String name = folder.getFileName().toString();
        try {
            return UUID.fromString(name).toString().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The time of the last write, or of the folder's renaming if that was later: a guest that is about to run has an
     * old log in a renamed folder.
     */
    private static FileTime last(Path folder) throws IOException {
        FileTime named = (FileTime) Files.getAttribute(folder, "unix:ctime");
        try {
            FileTime written =
                    Files.getLastModifiedTime(ConsoleLog.in(folder, 0).path());
            return written.compareTo(named) > 0 ? written : named;
        } catch (NoSuchFileException e) {
            return named;
        }
    }
}
