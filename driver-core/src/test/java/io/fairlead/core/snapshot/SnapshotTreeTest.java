package io.fairlead.core.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fairlead.core.testing.Documents;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTreeTest {
    private static final int MANY = 10_000;
    /** A search for each snapshot's children among all takes half a minute; a quick way takes some milliseconds. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    private static final DomainDocument DOMAIN = Documents.named("c1");

    private static Snapshot snapshot(String name, String parent) {
        SnapshotDocument document = new SnapshotDocument(
                name,
                Optional.empty(),
                SnapshotState.SHUTOFF,
                Optional.ofNullable(parent),
                1,
                List.of(),
                DOMAIN,
                Optional.empty());
        return new Snapshot(DOMAIN.uuid(), document, Set.of(), Snapshot.Stage.KEPT);
    }

    private static List<String> names(List<Snapshot> snapshots) {
        return snapshots.stream().map(Snapshot::name).toList();
    }

    /** a - b - (c, d - e), and f alone. */
    private static SnapshotTree small() {
        return SnapshotTree.of(
                List.of(
                        snapshot("e", "d"),
                        snapshot("d", "b"),
                        snapshot("c", "b"),
                        snapshot("b", "a"),
                        snapshot("a", null),
                        snapshot("f", null)),
                "d");
    }

    @Test
    void lists_areByNameOrByDescent() {
        SnapshotTree tree = small();
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), names(tree.all()));
        assertEquals(List.of("a", "f"), names(tree.roots()));
        assertEquals(List.of("c", "d"), names(tree.children("b")));
        assertEquals(List.of("b", "c", "d", "e"), names(tree.descendants("a")));
        assertEquals(List.of(), names(tree.descendants("f")));
        assertEquals(
                List.of("b", "e", "f"),
                names(tree.parentsFirst(tree.all().stream()
                        .filter(one -> Set.of("f", "e", "b").contains(one.name()))
                        .toList())));
    }

    @Test
    void changes_areSeenInWhatHangsTogether() {
        SnapshotTree tree = small();
        assertEquals(List.of("c", "d", "g"), names(tree.with(snapshot("g", "b")).children("b")));
        assertEquals(List.of("c"), names(tree.with(snapshot("d", null)).children("b")));
        assertEquals(List.of("c"), names(tree.without("d").children("b")));
        assertEquals(List.of("a", "e", "f"), names(tree.without("d").roots()));
        assertEquals(Optional.empty(), tree.without("d").current());
        assertEquals("d", tree.current().orElseThrow().name());
    }

    /** No client can make a circle, but a person with an editor can. */
    @Test
    void descendants_whenTheRecordsHoldACircle_end() {
        SnapshotTree tree = SnapshotTree.of(List.of(snapshot("a", "b"), snapshot("b", "a")), null);
        assertTimeoutPreemptively(QUICK, () -> assertEquals(List.of("b"), names(tree.descendants("a"))));
    }

    @Test
    void lists_whenThereAreTenThousandInALine_areQuick() {
        List<Snapshot> line = new ArrayList<>();
        IntStream.range(0, MANY)
                .forEach(i -> line.add(snapshot("s%05d".formatted(i), i == 0 ? null : "s%05d".formatted(i - 1))));
        List<Snapshot> shuffled = new ArrayList<>(line);
        Collections.shuffle(shuffled, new Random(5));
        assertTimeoutPreemptively(QUICK, () -> {
            SnapshotTree tree = SnapshotTree.of(shuffled, null);
            assertEquals(line, tree.parentsFirst(tree.all()));
            assertEquals(MANY - 1, tree.descendants("s00000").size());
            assertEquals(1, tree.all().stream().filter(tree::isLeaf).count());
            assertEquals(List.of("s00000"), names(tree.roots()));
        });
    }

    @Test
    void lists_whenThereAreTenThousandRoots_areQuick() {
        List<Snapshot> many = IntStream.range(0, MANY)
                .mapToObj(i -> snapshot("s%05d".formatted(i), null))
                .toList();
        assertTimeoutPreemptively(QUICK, () -> {
            SnapshotTree tree = SnapshotTree.of(many, null);
            assertEquals(many, tree.parentsFirst(tree.all()));
            assertEquals(MANY, tree.all().stream().filter(tree::isLeaf).count());
        });
    }
}
