package io.fairlead.kit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulates a power cut: files that were only created may be missing, empty or cut off afterwards, as if they were just
 * being put at their places. The journals are unchanged.
 */
class JournaledFilesTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int ROOMY = 1 << 20;
    private static final int SMALL = 4 * Journal.BLOCK_BYTES;

    @TempDir
    private Path scratch;

    private Path state;
    private Path domains;
    private JournaledFiles files;
    private final List<JournaledFiles> opened = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        state = scratch.resolve("state");
        domains = Files.createDirectories(state.resolve("domains"));
        files = open(state, ROOMY, NEVER);
    }

    private JournaledFiles open(Path folder, int bytes, Duration quiet) throws IOException {
        JournaledFiles made = JournaledFiles.open(folder, bytes, quiet);
        opened.add(made);
        return made;
    }

    @AfterEach
    void close() throws IOException {
        for (JournaledFiles one : opened) {
            one.close();
        }
    }

    private void create(String name, String content) throws IOException {
        files.create(domains.resolve(name), content.getBytes(UTF_8));
    }

    /** All files after a cut, by name. */
    private TreeMap<String, String> afterPowerCut(Random random) throws IOException {
        Path disk = journalsOnly("disk" + random.nextInt());
        for (String name : files.names(domains)) {
            byte[] content = files.read(domains.resolve(name));
            Path there = disk.resolve("domains").resolve(name);
            switch (random.nextInt(4)) {
                case 0 -> Files.write(there, content);
                case 1 -> Files.write(there, new byte[0]);
                case 2 -> Files.write(there, new byte[content.length]);
                default -> assertFalse(Files.exists(there));
            }
        }
        return afterStart(disk);
    }

    private Path journalsOnly(String name) throws IOException {
        Path disk = scratch.resolve(name);
        Files.createDirectories(disk.resolve("domains"));
        for (String journal : new String[] {"journal.0", "journal.1"}) {
            Files.copy(state.resolve(journal), disk.resolve(journal));
        }
        return disk;
    }

    /**
     * The files that the next daemon finds. When it ends normally, all of them are at their places, and the journals
     * are empty.
     */
    private TreeMap<String, String> afterStart(Path disk) throws IOException {
        JournaledFiles next = open(disk, ROOMY, NEVER);
        TreeMap<String, String> found = contents(next, disk.resolve("domains"));
        next.close();
        assertEquals(found, contents(new DurableFiles(), disk.resolve("domains")));
        for (String journal : new String[] {"journal.0", "journal.1"}) {
            assertEquals(List.of(), entries(disk.resolve(journal)));
        }
        return found;
    }

    private static List<Journal.Entry> entries(Path journal) throws IOException {
        try (Journal opened = Journal.open(journal, ROOMY)) {
            return opened.resume().entries();
        }
    }

    private static TreeMap<String, String> contents(StateFiles files, Path folder) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        for (String name : files.names(folder)) {
            if (!name.endsWith(DurableFiles.TEMPORARY)) { // the settler may be at work
                found.put(name, new String(files.read(folder.resolve(name)), UTF_8));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everythingCreated_isThereAfterAPowerCut(long seed) throws IOException {
        for (int n = 0; n < 50; n++) {
            create("d" + n, ("content " + n + "\n").repeat(1 + n * 10));
        }
        assertEquals(contents(files, domains), afterPowerCut(new Random(seed)));
    }

    @Test
    void whatWasDeletedOrReplaced_isNotMadeAgainAsItWas() throws IOException {
        create("deleted", "old");
        create("replaced", "old");
        create("back", "old");
        files.delete(domains.resolve("deleted"));
        files.write(domains.resolve("replaced"), "new".getBytes(UTF_8));
        files.delete(domains.resolve("back"));
        create("back", "again");

        Path disk = journalsOnly("disk");
        Files.copy(domains.resolve("replaced"), disk.resolve("domains/replaced"));
        assertEquals(Map.of("replaced", "new", "back", "again"), afterStart(disk));
        assertEquals(Map.of("replaced", "new", "back", "again"), contents(files, domains));
        assertTrue(files.exists(domains.resolve("back")));
        assertFalse(files.exists(domains.resolve("deleted")));
    }

    @Test
    void whatWasPutOrRemoved_isNotMadeAgainFromTheJournal() throws IOException {
        create("put", "old");
        create("removed", "old");
        files.put(domains.resolve("put"), "new".getBytes(UTF_8));
        files.remove(domains.resolve("removed"));
        files.put(domains.resolve("fresh"), "fresh".getBytes(UTF_8));
        files.remove(domains.resolve("missing"));
        JournaledFiles next = open(state, ROOMY, NEVER); // the daemon before was killed
        assertEquals("new", new String(next.read(domains.resolve("put")), UTF_8));
        assertEquals("fresh", new String(next.read(domains.resolve("fresh")), UTF_8));
        assertFalse(next.exists(domains.resolve("removed")));
        next.put(domains.resolve("fresh"), "later".getBytes(UTF_8));
        next.remove(domains.resolve("put"));
        assertEquals(Set.of("fresh"), next.names(domains));
    }

    @Test
    void daemon_thatIsKilledAgainAndAgain_goesOnWithWhatTheJournalsHave() throws IOException {
        create("d0", "x0");
        for (int n = 1; n < 20; n++) {
            files = open(state, ROOMY, NEVER); // the daemon before was killed, so it did not close this
            create("d" + n, "x" + n);
            if (n % 3 == 0) {
                files.delete(domains.resolve("d" + (n - 1)));
            }
        }
        assertEquals(20 - 6, contents(files, domains).size());
        opened.subList(0, opened.size() - 1).clear(); // a dead daemon writes no more
        TreeMap<String, String> all = contents(files, domains);
        files.close();
        assertEquals(all, contents(new DurableFiles(), domains));
    }

    @Test
    void create_ofMoreThanFits_stillMakesThemAll() throws IOException {
        files = open(scratch.resolve("small"), SMALL, Duration.ofMillis(1));
        Path folder = Files.createDirectory(scratch.resolve("small/domains"));
        for (int n = 0; n < 100; n++) {
            files.create(folder.resolve("d" + n), ("x" + n).getBytes(UTF_8));
        }
        files.create(folder.resolve("huge"), new byte[10 * SMALL]);
        assertEquals(101, contents(files, folder).size());
        files.close();
        JournaledFiles again = open(scratch.resolve("small"), SMALL, NEVER);
        again.delete(folder.resolve("d1"));
        assertEquals(100, contents(again, folder).size());
    }

    @Test
    void journals_afterAnOrderlyEnd_haveNothingToSay() throws IOException {
        create("d1", "x");
        files.close();
        Files.delete(domains.resolve("d1")); // by an administrator
        assertEquals(new TreeMap<>(), afterStart(state));
    }

    @Test
    void files_areBroughtToTheDiskWhenTheyHaveHadTheirTime() throws IOException {
        files = open(scratch.resolve("quick"), ROOMY, Duration.ofMillis(1));
        Path folder = Files.createDirectory(scratch.resolve("quick/domains"));
        files.create(folder.resolve("d1"), "x".getBytes(UTF_8));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!entries(scratch.resolve("quick/journal.0")).isEmpty()) {
            assertTrue(System.nanoTime() < end, "still in the journal");
            Thread.onSpinWait();
        }
        assertEquals("x", Files.readString(folder.resolve("d1")));
    }

    @Test
    void manyThreads_creatingAndDeleting_agreeWithTheDisk() throws Exception {
        files = open(scratch.resolve("busy"), SMALL, Duration.ofMillis(1));
        Path folder = Files.createDirectory(scratch.resolve("busy/domains"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "t" + thread + "-";
            work.add(threads.submit((Callable<Void>) () -> {
                for (int n = 0; n < 60; n++) {
                    files.create(folder.resolve(prefix + n), "x".getBytes(UTF_8));
                    if (n % 3 == 0) {
                        files.delete(folder.resolve(prefix + n));
                    }
                }
                return null;
            }));
        }
        for (Future<Void> one : work) {
            one.get();
        }
        threads.shutdown();
        assertEquals(4 * 40, contents(files, folder).size());
        files.close();
        assertEquals(4 * 40, contents(new DurableFiles(), folder).size());
    }

    @Test
    void create_whileFilesCannotBePutAtTheirPlaces_saysSoAndKeepsWhatTheJournalHas() throws IOException {
        files = open(scratch.resolve("odd"), ROOMY, Duration.ofMillis(1));
        Path folder = scratch.resolve("odd/domains");
        Files.writeString(folder, "not a folder");
        files.create(folder.resolve("d0"), "x".getBytes(UTF_8));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        IOException refusal = null;
        for (int n = 1; refusal == null; n++) {
            assertTrue(System.nanoTime() < end, "never refused");
            try {
                files.create(folder.resolve("d" + n), "x".getBytes(UTF_8));
            } catch (IOException e) {
                refusal = e;
            }
        }
        assertEquals("x", new String(files.read(folder.resolve("d0")), UTF_8));

        Files.delete(folder);
        awaitFile(folder.resolve("d0"));
    }

    @Test
    void open_whileFilesCannotBePutAtTheirPlaces_hasThemAllTheSame() throws IOException {
        Path disk = Files.createDirectories(scratch.resolve("odd"));
        Path folder = Files.writeString(disk.resolve("domains"), "not a folder");
        try (Journal journal = Journal.open(disk.resolve("journal.0"), ROOMY)) {
            journal.begin(1);
            journal.append(new Journal.Entry(Journal.Kind.CREATE, "domains/d0", "x".getBytes(UTF_8)));
        }
        files = open(disk, ROOMY, Duration.ofMillis(1));
        assertEquals("x", new String(files.read(folder.resolve("d0")), UTF_8));
        Files.delete(folder);
        awaitFile(folder.resolve("d0"));
    }

    private static void awaitFile(Path file) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file)) {
            assertTrue(System.nanoTime() < end, "never put at its place");
            Thread.onSpinWait();
        }
        assertEquals("x", Files.readString(file));
    }

    @Test
    void journal_withAPathThatLeadsOut_writesNothingThere() throws IOException {
        Path disk = Files.createDirectories(scratch.resolve("evil"));
        try (Journal journal = Journal.open(disk.resolve("journal.0"), ROOMY)) {
            journal.begin(1);
            journal.append(new Journal.Entry(Journal.Kind.CREATE, "../outside", "x".getBytes(UTF_8)));
        }
        open(disk, ROOMY, NEVER);
        assertFalse(Files.exists(scratch.resolve("outside")));
    }
}
