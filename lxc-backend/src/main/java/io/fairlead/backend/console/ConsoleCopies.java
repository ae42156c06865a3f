package io.fairlead.backend.console;

import io.fairlead.backend.bundle.ConsoleFiles;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.file.AppendedFile;
import io.fairlead.xml.domain.model.DomainDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that get a copy of one guest's console output. Most definitions name none. */
public final class ConsoleCopies implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsoleCopies.class);
    private static final Duration LAST_LIMIT = Duration.ofSeconds(2);

    private final String guest;
    private final List<ConsoleCopy> copies = new ArrayList<>();
    private boolean failing;

    private ConsoleCopies(String guest) {
        this.guest = guest;
    }

    /**
     * Opens the files for a guest that is about to start; {@link #begin} begins to copy.
     *
     * @param folder the guest's folder in the run directory
     * @throws IOException naming the file that cannot be written
     */
    public static ConsoleCopies open(DomainDefinition definition, ConsoleLog consoleLog, Path folder)
            throws IOException {
        return open(definition, consoleLog, folder, true);
    }

    /**
     * Opens the files of a guest that an earlier daemon started. A file that can no longer be opened is logged and
     * skipped.
     */
    public static ConsoleCopies resume(DomainDefinition definition, ConsoleLog consoleLog, Path folder) {
        try {
            return open(definition, consoleLog, folder, false);
        } catch (IOException e) {
            log.warn("the console of {} is no longer copied: {}", definition.name(), e.getMessage());
            return new ConsoleCopies(definition.name());
        }
    }

    private static ConsoleCopies open(DomainDefinition definition, ConsoleLog consoleLog, Path folder, boolean starts)
            throws IOException {
        ConsoleCopies all = new ConsoleCopies(definition.name());
        List<Path> guests = ConsoleFiles.guestFolders(definition);
        for (ConsoleFiles wanted : ConsoleFiles.of(definition)) {
            try {
                AppendedFile file = AppendedFile.open(wanted.path(), guests);
                if (starts && !wanted.appends()) {
                    file.clear();
                }
                Path position = folder.resolve("console-copy-" + all.copies.size());
                all.copies.add(new ConsoleCopy(consoleLog, file, position));
            } catch (IOException e) {
                all.close();
                throw new IOException(
                        "its console log file %s cannot be written: %s".formatted(wanted.path(), e.getMessage()), e);
            }
        }
        return all;
    }

    public boolean isEmpty() {
        return copies.isEmpty();
    }

    /** Begins to copy. The guest's own log exists and is still empty. */
    public void begin() throws IOException {
        for (ConsoleCopy copy : copies) {
            copy.begin();
        }
    }

    /** Copies new output. A failure is logged once, and the next call tries again. */
    public void pump() {
        for (ConsoleCopy copy : copies) {
            try {
                copy.pump();
                failing = false;
            } catch (IOException | RuntimeException e) {
                if (!failing) {
                    log.warn("cannot copy the console of {}: {}", guest, e.getMessage(), e);
                }
                failing = true;
            }
        }
    }

    /** The guest has ended: copies the last output, as far as the files take it in two seconds. */
    public void finish() {
        if (copies.isEmpty()) {
            return;
        }
        Thread last = DaemonThreads.named("console-copy-" + guest, () -> {
            pump();
            close();
        });
        last.start();
        try {
            last.join(LAST_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        for (ConsoleCopy copy : copies) {
            try {
                copy.close();
            } catch (IOException e) {
                log.warn("a copy of the console of {} cannot be closed", guest, e);
            }
        }
    }
}
