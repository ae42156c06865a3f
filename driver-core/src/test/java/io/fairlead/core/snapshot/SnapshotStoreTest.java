package io.fairlead.core.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.core.testing.Documents;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final DomainDocument DOMAIN = Documents.named("c1");

    @TempDir
    Path state;

    private SnapshotStore store;

    @BeforeEach
    void open() {
        store = new SnapshotStore(state, new DurableFiles());
    }

    private static Snapshot snapshot(String name, Snapshot.Stage stage) {
        SnapshotDocument document = new SnapshotDocument(
                name,
                Optional.of("told"),
                SnapshotState.RUNNING,
                Optional.empty(),
                7,
                List.of(),
                DOMAIN,
                Optional.empty());
        return new Snapshot(DOMAIN.uuid(), document, Set.of(new VolumeSource("p", "root")), stage);
    }

    private SnapshotBook loaded() {
        return store.load().getOrDefault(DOMAIN.uuid(), SnapshotBook.EMPTY);
    }

    @Test
    void load_whenSaved_givesTheSame() {
        Snapshot kept = snapshot("a/b", Snapshot.Stage.KEPT);
        Snapshot unfinished = snapshot("u", Snapshot.Stage.TAKING_FROZEN);
        store.save(kept);
        store.save(unfinished);
        store.saveCurrent(DOMAIN.uuid(), Optional.of("a/b"));
        store.saveReverting(DOMAIN.uuid(), Optional.of("a/b"));

        SnapshotBook book = loaded();

        assertEquals(List.of(kept), book.tree().all());
        assertEquals(List.of(unfinished), book.unfinished());
        assertEquals(Optional.of(kept), book.tree().current());
        assertEquals(Optional.of("a/b"), book.reverting());
    }

    @Test
    void load_whenAFileIsDamaged_leavesItAloneAndReadsTheOthers() throws IOException {
        store.save(snapshot("s1", Snapshot.Stage.KEPT));
        Path damaged = Files.writeString(state.resolve("snapshots/" + UUID.randomUUID() + ".x.xml"), "<snapshot");

        assertEquals(1, loaded().tree().all().size());
        assertEquals("<snapshot", Files.readString(damaged));
    }

    @Test
    void load_whenADaemonDiedWhileItWrote_removesWhatItLeft() throws IOException {
        Files.writeString(state.resolve("snapshots/" + DOMAIN.uuid() + ".1.xml.new"), "<snap");

        assertEquals(Map.of(), store.load());
        try (Stream<Path> left = Files.list(state.resolve("snapshots"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void load_whenARevertWentToADamagedSnapshot_saysThatOneWasCutOff() throws IOException {
        Snapshot target = snapshot("s1", Snapshot.Stage.KEPT);
        store.save(target);
        store.save(snapshot("s2", Snapshot.Stage.KEPT));
        store.saveReverting(DOMAIN.uuid(), Optional.of("s1"));
        Path record = state.resolve("snapshots/%s.%s.xml".formatted(DOMAIN.uuid(), target.id()));
        Files.writeString(record, "<snapshot");

        assertEquals(Optional.of(SnapshotBook.LOST), loaded().reverting());

        Files.delete(record);
        assertEquals(Optional.of(SnapshotBook.LOST), loaded().reverting());
    }

    @Test
    void load_whenTheOnlySnapshotIsDamaged_stillKnowsOfTheRevertToIt() throws IOException {
        Files.writeString(state.resolve("snapshots/" + DOMAIN.uuid() + ".reverting"), "");

        assertEquals(Optional.of(SnapshotBook.LOST), loaded().reverting());
    }
}
