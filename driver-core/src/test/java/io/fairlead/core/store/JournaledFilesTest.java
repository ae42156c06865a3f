package io.fairlead.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A power cut is played: what was only created may be missing afterwards, empty or cut off; the journals are as they were. */
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

    /** Everything there is after a cut, by name. @param lost of what was created, by its place in the order of names */
    private TreeMap<String, String> afterPowerCut(Random random) throws IOException {
        Path disk = scratch.resolve("disk" + random.nextInt());
        Files.createDirectories(disk.resolve("domains"));
        for (String journal : new String[] {"journal.0", "journal.1"}) {
            Files.copy(state.resolve(journal), disk.resolve(journal));
        }
        try (Stream<Path> all = Files.list(domains)) {
            for (Path file : all.toList()) {
                byte[] content = Files.readAllBytes(file);
                Path there = disk.resolve("domains").resolve(file.getFileName());
                switch (random.nextInt(4)) {
                    case 0 -> Files.write(there, content);
                    case 1 -> Files.write(there, new byte[0]);
                    case 2 -> Files.write(there, new byte[content.length]);
                    default -> assertFalse(Files.exists(there));
                }
            }
        }
        open(disk, ROOMY, NEVER);
        return contents(disk.resolve("domains"));
    }

    private static TreeMap<String, String> contents(Path folder) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
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
        assertEquals(contents(domains), afterPowerCut(new Random(seed)));
    }

    /** Only files that were replaced or deleted are as they are on the disk; those tests leave them alone. */
    @Test
    void whatWasDeletedOrReplaced_isNotMadeAgainAsItWas() throws IOException {
        create("deleted", "old");
        create("replaced", "old");
        create("back", "old");
        files.delete(domains.resolve("deleted"));
        files.write(domains.resolve("replaced"), "new".getBytes(UTF_8));
        files.delete(domains.resolve("back"));
        create("back", "again");

        Path disk = scratch.resolve("disk");
        Files.createDirectories(disk.resolve("domains"));
        for (String journal : new String[] {"journal.0", "journal.1"}) {
            Files.copy(state.resolve(journal), disk.resolve(journal));
        }
        Files.copy(domains.resolve("replaced"), disk.resolve("domains/replaced"));
        open(disk, ROOMY, NEVER);

        assertEquals(
                new TreeMap<>(java.util.Map.of("replaced", "new", "back", "again")), contents(disk.resolve("domains")));
    }

    @Test
    void create_ofMoreThanFits_stillMakesThemAll() throws IOException {
        files = open(scratch.resolve("small"), SMALL, Duration.ofMillis(1));
        Path folder = Files.createDirectory(scratch.resolve("small/domains"));
        for (int n = 0; n < 100; n++) {
            files.create(folder.resolve("d" + n), ("x" + n).getBytes(UTF_8));
        }
        files.create(folder.resolve("huge"), new byte[10 * SMALL]);
        assertEquals(101, contents(folder).size());
        files.close();
        JournaledFiles again = open(scratch.resolve("small"), SMALL, NEVER);
        again.delete(folder.resolve("d1"));
        assertEquals(100, contents(folder).size());
    }

    @Test
    void journals_afterAnOrderlyEnd_haveNothingToSay() throws IOException {
        create("d1", "x");
        files.close();
        Files.delete(domains.resolve("d1")); // by an administrator
        open(state, ROOMY, NEVER);
        assertEquals(new TreeMap<>(), contents(domains));
    }

    @Test
    void files_areBroughtToTheDiskWhenTheyHaveHadTheirTime() throws IOException {
        files = open(scratch.resolve("quick"), ROOMY, Duration.ofMillis(1));
        Path folder = Files.createDirectory(scratch.resolve("quick/domains"));
        files.create(folder.resolve("d1"), "x".getBytes(UTF_8));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (Journal.open(scratch.resolve("quick/journal.0"), ROOMY)
                        .read()
                        .entries()
                        .size()
                > 0) {
            assertTrue(System.nanoTime() < end, "still in the journal");
            Thread.onSpinWait();
        }
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
        assertEquals(4 * 40, contents(folder).size());
        files.close();
        open(scratch.resolve("busy"), SMALL, NEVER);
        assertEquals(4 * 40, contents(folder).size());
    }

    @Test
    void create_whenItFails_leavesNothingForTheNextStart() throws IOException {
        assertThrows(IOException.class, () -> files.create(domains.resolve("gone/d1"), "x".getBytes(UTF_8)));
        assertEquals(new TreeMap<>(), afterPowerCut(new Random(1)));
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
