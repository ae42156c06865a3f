package io.fairlead.core.store;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the state directory at start, on all CPUs, since thousands of definitions must not delay the first answer. */
final class StoreReader {
    private static final Logger log = LoggerFactory.getLogger(StoreReader.class);

    private final Path domains;
    private final Path autostart;
    private final StateFiles state;
    private final Collection<DamagedFile> damaged = new ConcurrentLinkedQueue<>();

    StoreReader(Path domains, Path autostart, StateFiles state) {
        this.state = state;
        this.domains = domains;
        this.autostart = autostart;
    }

    /** Changes nothing: another process may be using the directory. */
    LoadedDomains read() {
        Set<String> marked = names(autostart);
        List<StoredDomain> read = names(domains).parallelStream()
                .filter(name -> name.endsWith(DefinitionStore.XML))
                .map(name -> read(name, marked))
                .filter(Objects::nonNull)
                .toList();
        return new LoadedDomains(withoutDoubles(read), List.copyOf(damaged));
    }

    /** Removes the remains of a crash: temporary and empty files, and marks of domains whose definition is gone. */
    void sweep() {
        sweep(domains, name -> name.endsWith(DurableFiles.TEMPORARY) || neverAcknowledged(name));
        Set<String> files = names(domains);
        sweep(autostart, name -> !files.contains(name + DefinitionStore.XML));
    }

    private void sweep(Path directory, Predicate<String> leftOver) {
        for (String name : names(directory)) {
            if (leftOver.test(name)) {
                log.info("removing the left-over {}", directory.resolve(name));
                try {
                    Files.deleteIfExists(directory.resolve(name));
                } catch (IOException e) {
                    log.warn("cannot remove the left-over {}", directory.resolve(name), e);
                }
            }
        }
    }

    /** Whether a power cut took the content before the definition was acknowledged: see {@link StateFiles#create}. */
    private boolean neverAcknowledged(String fileName) {
        try {
            return fileName.endsWith(DefinitionStore.XML) && Files.size(domains.resolve(fileName)) == 0;
        } catch (IOException e) {
            return false; // the read that follows reports the error
        }
    }

    private Set<String> names(Path directory) {
        try {
            return state.names(directory);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.SYSTEM_ERROR, "cannot list %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private StoredDomain read(String fileName, Set<String> marked) {
        Path file = domains.resolve(fileName);
        String stem = fileName.substring(0, fileName.length() - DefinitionStore.XML.length());
        try {
            UUID uuid = UUID.fromString(stem);
            String text = text(file);
            if (text.isEmpty()) {
                return null; // never acknowledged
            }
            DomainDocument definition = DomainDocument.parse(text);
            if (!definition.uuid().equals(uuid)) {
                throw new IOException("it defines another uuid, %s".formatted(definition.uuid()));
            }
            return new StoredDomain(uuid, definition, marked.contains(stem));
        } catch (IOException | RuntimeException e) {
            report(file, e);
            return null;
        }
    }

    private String text(Path file) throws IOException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(state.read(file))).toString();
    }

    /**
     * Two files can have the same domain name only if a person edited them. The first in the order of file names keeps
     * it.
     */
    private List<StoredDomain> withoutDoubles(List<StoredDomain> read) {
        Map<String, StoredDomain> byName = new HashMap<>();
        return read.stream()
                .sorted((a, b) -> a.uuid().toString().compareTo(b.uuid().toString()))
                .filter(domain -> {
                    String name = domain.definition().name();
                    StoredDomain first = byName.putIfAbsent(name, domain);
                    if (first != null) {
                        report(
                                domains.resolve(domain.uuid() + DefinitionStore.XML),
                                new IOException("domain %s has its name '%s' already".formatted(first.uuid(), name)));
                    }
                    return first == null;
                })
                .toList();
    }

    private void report(Path file, Exception problem) {
        log.error("{} is damaged and left out: {}", file, problem.getMessage(), problem);
        damaged.add(new DamagedFile(file, String.valueOf(problem.getMessage())));
    }
}
