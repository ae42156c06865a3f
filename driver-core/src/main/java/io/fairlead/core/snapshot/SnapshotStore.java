package io.fairlead.core.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.kit.store.StateFiles;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots' records on disk.
 *
 * <pre>
 * snapshots/DOMAIN.ID.xml     one snapshot
 * snapshots/DOMAIN.current    the id of the domain's current one
 * snapshots/DOMAIN.reverting  the id of the snapshot that a revert in progress restores
 * </pre>
 */
public final class SnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String CURRENT = ".current";
    private static final String REVERTING = ".reverting";

    private final Path directory;
    private final StateFiles files;

    /** Creates the directory if it is missing. */
    public SnapshotStore(Path stateDir, StateFiles files) {
        this.directory = stateDir.resolve("snapshots");
        this.files = files;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failed("cannot make the directory %s".formatted(directory), e);
        }
    }

    /** Reads all records, by domain. An unreadable file is logged and left alone; a half-written one is removed. */
    public Map<UUID, SnapshotBook> load() {
        Map<UUID, List<Snapshot>> found = new HashMap<>();
        sweep();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.xml")) {
            for (Path entry : entries) {
                read(entry).ifPresent(snapshot -> found.computeIfAbsent(snapshot.domain(), uuid -> new ArrayList<>())
                        .add(snapshot));
            }
            addReverting(found);
            Map<UUID, SnapshotBook> books = new HashMap<>();
            for (Map.Entry<UUID, List<Snapshot>> entry : found.entrySet()) {
                books.put(entry.getKey(), book(entry.getKey(), entry.getValue()));
            }
            return books;
        } catch (IOException e) {
            throw failed("cannot read %s".formatted(directory), e);
        }
    }

    /** Includes domains whose snapshots are all damaged. */
    private void addReverting(Map<UUID, List<Snapshot>> found) throws IOException {
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory, "*" + REVERTING)) {
            for (Path mark : marks) {
                String name = mark.getFileName().toString();
                try {
                    UUID domain = UUID.fromString(name.substring(0, name.length() - REVERTING.length()));
                    found.computeIfAbsent(domain, uuid -> new ArrayList<>());
                } catch (IllegalArgumentException e) {
                    log.error("{} belongs to no domain; left out", mark);
                }
            }
        }
    }

    private void sweep() {
        try {
            DurableFiles.sweep(directory);
        } catch (IOException e) {
            log.warn("cannot remove the files that a crash left in {}", directory, e);
        }
    }

    private SnapshotBook book(UUID domain, List<Snapshot> snapshots) throws IOException {
        List<Snapshot> made = new ArrayList<>();
        List<Snapshot> unfinished = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            switch (snapshot.stage()) {
                case TAKING, TAKING_FROZEN -> unfinished.add(snapshot);
                case KEPT, DROPPING -> made.add(snapshot);
            }
        }
        SnapshotTree tree = SnapshotTree.of(made, null);
        String current = named(tree, domain, CURRENT).orElse(null);
        return new SnapshotBook(tree.withCurrent(current), unfinished, reverting(tree, domain));
    }

    /** A mark whose snapshot is missing still counts: the domain's volumes may be a mixture. */
    private Optional<String> reverting(SnapshotTree tree, UUID domain) throws IOException {
        if (!Files.exists(directory.resolve(domain + REVERTING))) {
            return Optional.empty();
        }
        Optional<String> name = named(tree, domain, REVERTING);
        if (name.isEmpty()) {
            log.error("domain {}: a revert was cut off, and the snapshot it went to is damaged or missing", domain);
        }
        return name.or(() -> Optional.of(SnapshotBook.LOST));
    }

    private Optional<Snapshot> read(Path file) {
        try {
            XmlElement root = XmlReader.read("snapshot", Files.readString(file));
            Set<VolumeSource> volumes = new HashSet<>();
            root.elements("volume")
                    .forEach(volume ->
                            volumes.add(new VolumeSource(volume.attribute("pool"), volume.attribute("name"))));
            Snapshot snapshot = new Snapshot(
                    UUID.fromString(root.attribute("domain")),
                    SnapshotDocument.of(root.child("domainsnapshot")),
                    volumes,
                    Snapshot.Stage.valueOf(root.attribute("stage")));
            if (!file.equals(file(snapshot))) {
                throw new IOException("it holds snapshot '%s' of domain %s, which has another file"
                        .formatted(snapshot.name(), snapshot.domain()));
            }
            return Optional.of(snapshot);
        } catch (IOException | RuntimeException e) {
            log.error("{} is damaged and left out: {}", file, e.getMessage(), e);
            return Optional.empty();
        }
    }

    private Optional<String> named(SnapshotTree tree, UUID domain, String suffix) throws IOException {
        Path file = directory.resolve(domain + suffix);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String id = new String(Files.readAllBytes(file), ISO_8859_1); // hexadecimal digits, unless damaged
        return tree.all().stream()
                .filter(snapshot -> snapshot.id().equals(id))
                .map(Snapshot::name)
                .findFirst();
    }

    public void save(Snapshot snapshot) {
        XmlElement root = XmlElement.of("snapshot")
                .with("domain", snapshot.domain().toString())
                .with("stage", snapshot.stage().name());
        for (VolumeSource volume : snapshot.volumes()) {
            root = root.plus(XmlElement.of("volume").with("pool", volume.pool()).with("name", volume.volume()));
        }
        String text = XmlWriter.document(root.plus(snapshot.document().element()));
        attempt(
                "save snapshot '%s'".formatted(snapshot.name()),
                () -> files.write(file(snapshot), text.getBytes(UTF_8)));
    }

    public void delete(Snapshot snapshot) {
        attempt("remove snapshot '%s'".formatted(snapshot.name()), () -> files.delete(file(snapshot)));
    }

    private Path file(Snapshot snapshot) {
        return directory.resolve("%s.%s.xml".formatted(snapshot.domain(), snapshot.id()));
    }

    /** @param name the current snapshot's name; empty for none */
    public void saveCurrent(UUID domain, Optional<String> name) {
        mark(domain, CURRENT, name);
    }

    /** @param name the name of the snapshot that a revert restores; empty once it is done */
    public void saveReverting(UUID domain, Optional<String> name) {
        mark(domain, REVERTING, name);
    }

    private void mark(UUID domain, String suffix, Optional<String> name) {
        Path file = directory.resolve(domain + suffix);
        attempt("note the snapshot of domain %s".formatted(domain), () -> {
            if (name.isPresent()) {
                files.write(file, Snapshot.id(domain, name.get()).getBytes(UTF_8));
            } else {
                files.delete(file);
            }
        });
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void attempt(String what, Act act) {
        try {
            act.run();
        } catch (IOException e) {
            throw failed("cannot " + what, e);
        }
    }

    private static EngineException failed(String what, IOException cause) {
        return new EngineException(ErrorCode.SYSTEM_ERROR, "%s: %s".formatted(what, cause.getMessage()), cause);
    }
}
