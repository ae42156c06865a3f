package io.fairlead.core.store;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The persistent domains, one readable XML file each.
 *
 * <pre>
 * domains/UUID.xml      the definition; its existence makes the domain persistent
 * autostart/UUID        its presence is the mark
 * </pre>
 *
 * File names are uuids, so that a name chosen by a client is never part of a path.
 */
public final class DefinitionStore {
    static final String XML = ".xml";
    private static final String DOMAINS = "domains";
    private static final String AUTOSTART = "autostart";

    private final Path domains;
    private final Path autostart;
    private final StateFiles files;

    /** Creates the directories that are missing. */
    public DefinitionStore(Path stateDir, StateFiles files) {
        this.domains = stateDir.resolve(DOMAINS);
        this.autostart = stateDir.resolve(AUTOSTART);
        this.files = files;
        try {
            for (Path directory : List.of(domains, autostart)) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw failed("cannot make the state directory %s".formatted(stateDir), e);
        }
    }

    /** Removes the remains of a crash, and reads all files. An unreadable file is reported and skipped. */
    public LoadedDomains load() {
        StoreReader reader = new StoreReader(domains, autostart, files);
        reader.sweep();
        return reader.read();
    }

    /**
     * Reads an existing state directory as a starting daemon would. Changes nothing, because a daemon may be running
     * there.
     */
    public static LoadedDomains inspect(Path stateDir) {
        return new StoreReader(stateDir.resolve(DOMAINS), stateDir.resolve(AUTOSTART), new DurableFiles()).read();
    }

    /** Whether there is a definition, even a damaged one. */
    public boolean has(UUID uuid) {
        return files.exists(domains.resolve(uuid + XML));
    }

    /** Adds or replaces a definition. If this throws, the old definition is still there, or none if there was none. */
    public void save(DomainDocument definition) {
        byte[] text = definition.toXml().getBytes(StandardCharsets.UTF_8);
        try {
            files.create(domains.resolve(definition.uuid() + XML), text);
        } catch (IOException e) {
            throw failed("cannot save the definition of domain '%s'".formatted(definition.name()), e);
        }
    }

    /** The definition goes first: marks without one mean nothing, and the next start removes them. */
    public void delete(UUID uuid) {
        try {
            files.delete(domains.resolve(uuid + XML));
        } catch (IOException e) {
            throw failed("cannot remove the definition of domain %s".formatted(uuid), e);
        }
    }

    /** Removes the marks that {@link #delete} leaves. */
    public void deleteMarks(UUID uuid) throws IOException {
        files.delete(autostart.resolve(uuid.toString()));
    }

    public void setAutostart(UUID uuid, boolean on) {
        Path mark = autostart.resolve(uuid.toString());
        try {
            if (on) {
                files.write(mark, new byte[0]);
            } else {
                files.delete(mark);
            }
        } catch (IOException e) {
            throw failed("cannot record autostart of domain %s".formatted(uuid), e);
        }
    }

    private static EngineException failed(String what, IOException cause) {
        return new EngineException(ErrorCode.SYSTEM_ERROR, "%s: %s".formatted(what, cause.getMessage()), cause);
    }
}
