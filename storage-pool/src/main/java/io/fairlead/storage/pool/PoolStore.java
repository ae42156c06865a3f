package io.fairlead.storage.pool;

import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.storage.driver.StorageErrors;
import io.fairlead.xml.storage.StoragePoolDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that survive the daemon.
 *
 * <pre>
 * STATE/storage/UUID.xml          the definition; a pool is persistent while this file exists
 * STATE/storage/autostart/UUID    its presence is the mark
 * RUN/storage/UUID.xml            the definition an active pool runs with; a pool is active while this file exists
 * </pre>
 */
final class PoolStore {
    private static final Logger LOG = LoggerFactory.getLogger(PoolStore.class);
    private static final String XML = ".xml";

    private final Path definitions;
    private final Path autostart;
    private final Path active;
    private final StateFiles files;

    PoolStore(Path stateDir, Path runDir, StateFiles files) {
        this.definitions = stateDir.resolve("storage");
        this.autostart = definitions.resolve("autostart");
        this.active = runDir.resolve("storage");
        this.files = files;
        try {
            Files.createDirectories(autostart);
            Files.createDirectories(active);
        } catch (IOException e) {
            throw StorageErrors.failed("make the folders for pools", e);
        }
    }

    List<StoragePoolDocument> loadDefinitions() {
        return load(definitions);
    }

    List<StoragePoolDocument> loadActive() {
        return load(active);
    }

    private static List<StoragePoolDocument> load(Path folder) {
        List<StoragePoolDocument> found = new ArrayList<>();
        try {
            DurableFiles.sweep(folder);
        } catch (IOException e) {
            LOG.warn("what a crash left in {} cannot be removed", folder, e);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + XML)) {
            for (Path file : entries) {
                try {
                    found.add(read(file));
                } catch (IOException | RuntimeException e) { // one bad file must not hide the pools of the others
                    LOG.error("{} is damaged and left out: {}", file, e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw StorageErrors.failed("list " + folder, e);
        }
        return found;
    }

    private static StoragePoolDocument read(Path file) throws IOException {
        StoragePoolDocument document = StoragePoolDocument.parse(Files.readString(file));
        if (!file.endsWith(document.uuid() + XML)) {
            throw new IOException("it defines another uuid, %s".formatted(document.uuid()));
        }
        return document;
    }

    boolean isAutostart(UUID uuid) {
        return Files.exists(autostart.resolve(uuid.toString()));
    }

    void save(StoragePoolDocument definition) {
        write(definitions, definition);
    }

    void saveActive(StoragePoolDocument definition) {
        write(active, definition);
    }

    private void write(Path folder, StoragePoolDocument definition) {
        try {
            byte[] text = definition.toXml().getBytes(StandardCharsets.UTF_8);
            files.write(folder.resolve(definition.uuid() + XML), text);
        } catch (IOException e) {
            throw StorageErrors.failed("save pool '%s'".formatted(definition.name()), e);
        }
    }

    void delete(UUID uuid) {
        remove(definitions.resolve(uuid + XML));
        remove(autostart.resolve(uuid.toString()));
    }

    void deleteActive(UUID uuid) {
        remove(active.resolve(uuid + XML));
    }

    void setAutostart(UUID uuid, boolean on) {
        Path mark = autostart.resolve(uuid.toString());
        try {
            if (on) {
                files.write(mark, new byte[0]);
            } else {
                files.delete(mark);
            }
        } catch (IOException e) {
            throw StorageErrors.failed("record autostart of pool " + uuid, e);
        }
    }

    private void remove(Path file) {
        try {
            files.delete(file);
        } catch (IOException e) {
            throw StorageErrors.failed("remove " + file, e);
        }
    }
}
