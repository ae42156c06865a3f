package io.fairlead.core.intent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.kit.store.StateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of domains as daemons before intents kept them, {@code last-end/UUID.properties}. Each becomes an intent,
 * which is on the disk before the old file goes.
 */
final class FormerEnds {
    private static final Logger log = LoggerFactory.getLogger(FormerEnds.class);
    private static final String END = ".properties";

    private final Path directory;
    private final StateFiles files;

    FormerEnds(Path stateDir, StateFiles files) {
        this.directory = stateDir.resolve("last-end");
        this.files = files;
    }

    /** A file that is not understood is logged and removed: it says only why a domain is off. */
    void migrate(IntentStore store) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            names().parallelStream().filter(name -> name.endsWith(END)).forEach(name -> migrate(name, store));
            Files.delete(directory);
        } catch (IOException e) {
            log.warn("cannot replace all of {}; the next start tries again", directory, e);
        }
    }

    private Collection<String> names() throws IOException {
        try {
            return files.names(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    private void migrate(String name, IntentStore store) {
        Path file = directory.resolve(name);
        try {
            UUID uuid = UUID.fromString(name.substring(0, name.length() - END.length()));
            if (!store.has(uuid)) {
                store.save(uuid, intent(new String(files.read(file), UTF_8)), null, true);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            log.warn("{} is damaged and left out: {}", file, e.getMessage());
        } catch (IOException e) {
            log.warn("cannot replace {}; the next start tries again", file, e);
            return;
        }
        try {
            files.delete(file);
        } catch (IOException e) {
            log.warn("cannot remove {}", file, e);
        }
    }

    static Intent intent(String text) throws IOException {
        Properties lines = new Properties();
        lines.load(new StringReader(text));
        int status = Integer.parseInt(need(lines, "status"));
        Instant at = Instant.parse(need(lines, "at"));
        List<String> notes = new ArrayList<>(need(lines, "messages").lines().toList());
        GuestExit exit = new GuestExit(status, at);
        // The first line was the exit in words, if there was one.
        boolean ran = notes.remove(ExitWords.of(exit)) || status != GuestExit.UNKNOWN;
        return Intent.NONE.stopped(
                new LastEnd(reason(need(lines, "reason")), ran ? Optional.of(exit) : Optional.empty(), at, notes));
    }

    private static StopReason reason(String name) {
        for (StopReason reason : StopReason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return StopReason.UNKNOWN;
    }

    private static String need(Properties lines, String key) {
        String value = lines.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no '%s'".formatted(key));
        }
        return value;
    }
}
