package io.fairlead.core.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.testing.Documents;
import io.fairlead.kit.store.DamagedFile;
import io.fairlead.kit.store.DurableFiles;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntentStoreTest {
    private static final UUID C1 = Documents.uuidOf("c1");
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private IntentStore store;

    @BeforeEach
    void open() {
        store = new IntentStore(directory, new DurableFiles());
    }

    @Test
    void load_whenAnyIntentWasSaved_givesItBack() throws IOException {
        DomainDocument definition = Documents.with("c1", "title", "a &amp; b");
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Intent intent = Samples.any(random);
            boolean with = random.nextBoolean();
            store.save(C1, intent, with ? definition : null, random.nextInt(50) == 0);
            LoadedIntents loaded = store.load();
            assertEquals(List.of(), loaded.damaged(), "seed " + seed);
            assertEquals(
                    Map.of(C1, new StoredIntent(intent, with ? Optional.of(definition) : Optional.empty())),
                    loaded.intents(),
                    "seed " + seed);
        }
        store.remove(C1);
        store.remove(C1);
        assertEquals(Map.of(), store.load().intents());
    }

    @Test
    void file_whenReadByAnAdministrator_isPlain() throws IOException {
        Intent intent = Intent.NONE
                .starting(Request.of(Ask.START, Request.By.CLIENT, T, "b00t"), LaunchTerms.PLAIN)
                .stopped(LastEnd.of(StopReason.CRASHED, new GuestExit(3, T.plusSeconds(5)), List.of("a note")));
        store.save(C1, intent, null, true);
        assertEquals(
                """
                <intent version='1' wish='off' created='2026-01-01T00:00:00Z' started='2026-01-01T00:00:00Z'>
                  <request ask='start' by='client' at='2026-01-01T00:00:00Z' boot='b00t' pending='no'/>
                  <launch paused='no' from-snapshot='no' autodestroy='no' inherits='no'/>
                  <restarts policy='as-defined' total='0' quick='0'/>
                  <end reason='crashed' at='2026-01-01T00:00:05Z'>
                    <exit status='3' at='2026-01-01T00:00:05Z' memory-kills='0'/>
                    <note>a note</note>
                  </end>
                </intent>
                """,
                Files.readString(file()));
    }

    @Test
    void load_whenALaterVersionWroteMore_readsWhatItKnows() throws IOException {
        Files.writeString(
                file(),
                """
                <intent version='7' wish='run' mood='good'>
                  <request ask='teleport' by='oracle' at='2026-01-01T00:00:00Z' boot='b' pending='yes' why='x'/>
                  <restarts policy='on-sundays' total='2' quick='1'/>
                  <weather/>
                </intent>
                """);
        Intent intent = store.load().intents().get(C1).intent();
        assertTrue(intent.wantsRun());
        assertEquals(Ask.NOTHING, intent.pending());
        assertEquals(RestartPolicy.AS_DEFINED, intent.policy());
        assertEquals(new RestartCount(2, 1), intent.restarts());
        assertEquals(LaunchTerms.PLAIN, intent.terms());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "<intent/>",
                "<intent version='1'/>",
                "<intent version='1' wish='run' started='yesterday'/>",
                "<intent version='1' wish='run'><restarts total='-1'/></intent>",
                "<intent version='1' wish='run'><end reason='crashed' at='2026-01-01T00:00:00Z'><exit status='999'"
                        + " at='2026-01-01T00:00:00Z'/></end></intent>",
                "<intent version='1' wish='run'><domain type='lxc'/></intent>"
            })
    void load_whenAFileIsDamaged_reportsItAndKeepsTheOthers(String text) throws IOException {
        UUID other = Documents.uuidOf("other");
        store.save(other, Intent.NONE, null, false);
        Files.writeString(file(), text);
        LoadedIntents loaded = store.load();
        assertEquals(
                List.of(file()),
                loaded.damaged().stream().map(DamagedFile::file).toList());
        assertEquals(Set.of(other), loaded.intents().keySet());
        assertEquals(loaded, IntentStore.inspect(directory));
        assertEquals(Map.of(), IntentStore.inspect(directory.resolve("missing")).intents());
    }

    @Test
    void load_whenAFileIsAboutAnotherDomain_reportsIt() throws IOException {
        store.save(C1, Intent.NONE, Documents.named("c2"), false);
        assertEquals(1, store.load().damaged().size());
    }

    @Test
    void load_whenAPowerCutOrACrashLeftThings_countsThemAsNone() throws IOException {
        Files.createFile(file());
        Path half = Files.writeString(directory.resolve("intents").resolve(C1 + ".xml.new"), "<int");
        assertEquals(Map.of(), IntentStore.inspect(directory).intents());
        assertTrue(Files.exists(half), "a look changes nothing");
        LoadedIntents loaded = store.load();
        assertEquals(Map.of(), loaded.intents());
        assertEquals(List.of(), loaded.damaged());
        assertFalse(Files.exists(half));
    }

    @Test
    void load_whenAnEarlierVersionKeptEnds_makesIntentsOfThem() throws IOException {
        Path former = Files.createDirectory(directory.resolve("last-end"));
        UUID failed = Documents.uuidOf("failed");
        UUID newer = Documents.uuidOf("newer");
        Files.writeString(
                former.resolve(C1 + ".properties"),
                "#Thu Jan 01\nreason=CRASHED\nstatus=3\nat=2026-01-01T00\\:00\\:00Z\n"
                        + "messages=init exited with status 3\\non_crash\\: a note\n");
        Files.writeString(
                former.resolve(failed + ".properties"),
                "reason=FAILED\nstatus=-1\nat=2026-01-01T00\\:00\\:00Z\nmessages=launch failed\\: no root\n");
        Files.writeString(
                former.resolve(newer + ".properties"),
                "reason=FAILED\nstatus=-1\nat=2026-01-01T00\\:00\\:00Z\nmessages=old\n");
        Files.writeString(former.resolve("x.properties"), "nonsense");
        store.save(newer, Intent.NONE, null, false);

        Map<UUID, StoredIntent> intents = store.load().intents();

        LastEnd end = intents.get(C1).intent().lastEnd().orElseThrow();
        assertEquals(LastEnd.of(StopReason.CRASHED, new GuestExit(3, T), List.of("on_crash: a note")), end);
        assertEquals(List.of("init exited with status 3", "on_crash: a note"), end.messages());
        assertEquals(
                LastEnd.without(StopReason.FAILED, T, "launch failed: no root"),
                intents.get(failed).intent().lastEnd().orElseThrow());
        assertEquals(Intent.NONE, intents.get(newer).intent());
        assertFalse(Files.exists(former));
        assertEquals(intents, store.load().intents());
    }

    private Path file() {
        return directory.resolve("intents").resolve(C1 + ".xml");
    }
}
