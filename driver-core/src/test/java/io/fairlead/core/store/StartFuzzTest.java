package io.fairlead.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.core.intent.IntentStore;
import io.fairlead.core.intent.LoadedIntents;
import io.fairlead.core.snapshot.SnapshotStore;
import io.fairlead.core.testing.Documents;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.snapshot.SnapshotDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With any content of one file of the state directory, a start reads all others, and reads that one whole or not at
 * all.
 *
 * <p>An input is one byte that chooses the file, then its content.
 */
class StartFuzzTest {
    private static final DomainDocument GOOD = Documents.named("good");
    private static final DomainDocument HURT = Documents.named("hurt");
    private static final String INTENT = "<intent version='1' wish='run'><request ask='start' by='client'"
            + " at='2026-01-01T00:00:00Z' boot='b'/>%s</intent>";
    private static final String FORMER_END =
            "reason=CRASHED\nstatus=3\nat=2026-01-01T00\\:00\\:00Z\nmessages=one\\ntwo\n";
    private static final String SNAPSHOT_ID = idOfSnapshot();
    private static final String SNAPSHOT = "<domainsnapshot><name>s</name><state>shutoff</state>"
            + "<creationTime>7</creationTime>%s</domainsnapshot>";

    /** The files of one domain, some of them left out by most inputs. */
    private enum Kind {
        DEFINITION("domains/%s.xml"),
        INTENT("intents/%s.xml"),
        FORMER_END("last-end/%s.properties"),
        AUTOSTART("autostart/%s"),
        SNAPSHOT("snapshots/%s." + SNAPSHOT_ID + ".xml"),
        CURRENT("snapshots/%s.current"),
        REVERTING("snapshots/%s.reverting");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        Path file(Path state) {
            return state.resolve(path.formatted(HURT.uuid()));
        }
    }

    @TempDir
    static Path state;

    @MethodSource("seeds")
    @FuzzTest
    void start_whenAFileHoldsAnything_readsTheOthers(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        DurableFiles files = new DurableFiles();
        DefinitionStore definitions = new DefinitionStore(state, files);
        IntentStore intents = new IntentStore(state, files);
        SnapshotStore snapshots = new SnapshotStore(state, files);
        Files.createDirectories(state.resolve("last-end"));
        if (!definitions.has(GOOD.uuid())) {
            definitions.save(GOOD);
        }
        Path file = Kind.values()[(input[0] & 0xff) % Kind.values().length].file(state);
        Files.write(Kind.DEFINITION.file(state), HURT.toXml().getBytes(StandardCharsets.UTF_8));
        Files.write(file, Arrays.copyOfRange(input, 1, input.length));

        LoadedDomains loaded = definitions.load();
        Set<String> names = loaded.domains().stream()
                .map(domain -> domain.definition().name())
                .collect(Collectors.toSet());
        assertTrue(names.contains("good") || loaded.damaged().size() == 1, "the other domain is lost");
        for (StoredDomain domain : loaded.domains()) {
            assertEquals(domain.uuid(), domain.definition().uuid());
        }
        LoadedIntents asked = intents.load();
        asked.intents().forEach((uuid, one) -> assertEquals(HURT.uuid(), uuid));
        assertTrue(asked.damaged().size() <= 1);
        snapshots
                .load()
                .forEach((uuid, book) -> book.tree().all().forEach(snapshot -> assertEquals(uuid, snapshot.domain())));
        Files.deleteIfExists(file);
        Files.deleteIfExists(Kind.INTENT.file(state)); // a former end has become one
    }

    static List<byte[]> seeds() {
        String snapshot =
                SnapshotDocument.parse(SNAPSHOT.formatted(HURT.toXml())).toXml(true);
        String record = "<snapshot domain='%s' stage='KEPT'><volume pool='p' name='v'/>%s</snapshot>"
                .formatted(HURT.uuid(), snapshot);
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(seed(Kind.DEFINITION, HURT.toXml()));
        seeds.add(seed(Kind.DEFINITION, GOOD.toXml()));
        seeds.add(seed(Kind.INTENT, INTENT.formatted(HURT.toXml())));
        seeds.add(seed(Kind.INTENT, INTENT.formatted(GOOD.toXml())));
        seeds.add(seed(Kind.INTENT, ""));
        seeds.add(seed(Kind.FORMER_END, FORMER_END));
        seeds.add(seed(Kind.AUTOSTART, ""));
        seeds.add(seed(Kind.SNAPSHOT, record));
        seeds.add(seed(Kind.CURRENT, "0123456789abcdef0123456789abcdef"));
        seeds.add(new byte[] {(byte) Kind.CURRENT.ordinal(), (byte) 0xff});
        seeds.add(new byte[] {(byte) Kind.REVERTING.ordinal(), (byte) 0xff});
        return seeds;
    }

    /** The store's name for the file of that snapshot. */
    private static String idOfSnapshot() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((HURT.uuid() + "\ns").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] seed(Kind kind, String text) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(kind.ordinal());
        seed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return seed.toByteArray();
    }
}
