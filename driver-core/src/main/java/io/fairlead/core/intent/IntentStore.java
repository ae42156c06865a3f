package io.fairlead.core.intent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.store.DamagedFile;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intents on disk, {@code intents/UUID.xml}.
 *
 * <p>Most are written without waiting for the disk: they survive the daemon, and after a power cut most of their
 * content is void anyway. Such a file may then be empty, which counts as no file.
 */
public final class IntentStore {
    private static final Logger log = LoggerFactory.getLogger(IntentStore.class);
    private static final String DIRECTORY = "intents";
    private static final String XML = ".xml";

    private final Path directory;
    private final StateFiles files;
    private final FormerEnds former;

    /** Creates the directory if it is missing. */
    public IntentStore(Path stateDir, StateFiles files) {
        this.directory = stateDir.resolve(DIRECTORY);
        this.files = files;
        this.former = new FormerEnds(stateDir, files);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.SYSTEM_ERROR, "cannot make the directory %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    /**
     * Reads all intents, on all CPUs. Removes what a crash left, and turns the records of an earlier version into
     * intents. A damaged file is reported and counts as none.
     */
    public LoadedIntents load() {
        sweep();
        former.migrate(this);
        return read(directory, files);
    }

    /** Reads an existing state directory, and changes nothing: a daemon may be running there. */
    public static LoadedIntents inspect(Path stateDir) {
        Path directory = stateDir.resolve(DIRECTORY);
        return Files.isDirectory(directory)
                ? read(directory, new DurableFiles())
                : new LoadedIntents(Map.of(), List.of());
    }

    private static LoadedIntents read(Path directory, StateFiles files) {
        Map<UUID, StoredIntent> intents = new ConcurrentHashMap<>();
        Collection<DamagedFile> damaged = new ConcurrentLinkedQueue<>();
        names(directory, files).parallelStream()
                .filter(name -> name.endsWith(XML))
                .forEach(name -> read(directory.resolve(name), files, intents, damaged));
        return new LoadedIntents(intents, List.copyOf(damaged));
    }

    private static void read(
            Path file, StateFiles files, Map<UUID, StoredIntent> intents, Collection<DamagedFile> damaged) {
        String name = file.getFileName().toString();
        try {
            UUID uuid = UUID.fromString(name.substring(0, name.length() - XML.length()));
            byte[] content = files.read(file);
            if (content.length == 0) {
                return; // a power cut took the content
            }
            StoredIntent stored = IntentXml.read(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
            if (stored.definition().filter(one -> !one.uuid().equals(uuid)).isPresent()) {
                throw new IOException("it is about another domain, %s"
                        .formatted(stored.definition().get().uuid()));
            }
            intents.put(uuid, stored);
        } catch (IOException | RuntimeException e) {
            log.error("{} is damaged and left out: {}", file, e.getMessage(), e);
            damaged.add(new DamagedFile(file, String.valueOf(e.getMessage())));
        }
    }

    private static Collection<String> names(Path directory, StateFiles files) {
        try {
            return files.names(directory);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.SYSTEM_ERROR, "cannot list %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private void sweep() {
        try {
            DurableFiles.sweep(directory);
        } catch (IOException e) {
            log.warn("cannot remove the files that a crash left in {}", directory, e);
        }
    }

    boolean has(UUID uuid) {
        return files.exists(file(uuid));
    }

    /**
     * Adds or replaces an intent.
     *
     * @param definition what the domain runs, or is to run, with; null if its persistent definition says so
     * @param durable whether to wait until it is on the disk
     */
    public void save(UUID uuid, Intent intent, DomainDocument definition, boolean durable) throws IOException {
        byte[] text = IntentXml.write(intent, definition).getBytes(UTF_8);
        if (durable) {
            files.write(file(uuid), text);
        } else {
            files.put(file(uuid), text);
        }
    }

    /** Removes an intent, without waiting for the disk; does nothing if there is none. */
    public void remove(UUID uuid) throws IOException {
        files.remove(file(uuid));
    }

    private Path file(UUID uuid) {
        return directory.resolve(uuid + XML);
    }
}
