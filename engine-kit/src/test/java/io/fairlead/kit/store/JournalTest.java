package io.fairlead.kit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.kit.store.Journal.Entry;
import io.fairlead.kit.store.Journal.Generation;
import io.fairlead.kit.store.Journal.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final int SIZE_BYTES = 8 * Journal.BLOCK_BYTES;

    @TempDir
    private Path folder;

    private Path file;
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("journal");
        journal = Journal.open(file, SIZE_BYTES);
        journal.begin(7);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private static Entry entry(String path, int bytes) {
        return new Entry(Kind.CREATE, path, "x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> paths() throws IOException {
        try (Journal again = Journal.open(file, SIZE_BYTES)) {
            return again.resume().entries().stream().map(Entry::path).toList();
        }
    }

    @Test
    void entries_areReadBackInOrder() throws IOException {
        journal.append(entry("a/b", 10));
        journal.append(entry("long", 5000));
        journal.append(new Entry(Kind.FORGET, "a/b", new byte[0]));

        Generation read = Journal.open(file, SIZE_BYTES).resume();

        assertEquals(7, read.number());
        assertEquals(
                List.of("a/b", "long", "a/b"),
                read.entries().stream().map(Entry::path).toList());
        assertEquals(5000, read.entries().get(1).content().length);
        assertEquals(Kind.FORGET, read.entries().get(2).kind());
        assertArrayEquals(new byte[0], read.entries().get(2).content());
    }

    @Test
    void journal_thatIsNew_isEmptyAndHasAllItsBlocks() throws IOException {
        assertEquals(new Generation(0, List.of()), journal.resume());
        assertEquals(SIZE_BYTES, Files.size(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 17, 25, 29, 33, 37, 41, 46, 4095, 4096, 5030})
    void entry_thatIsTorn_isNotReadNorWhatFollows(int at) throws IOException {
        journal.append(entry("first", 10));
        journal.append(entry("second", 5000));
        journal.append(entry("third", 10));
        byte[] bytes = Files.readAllBytes(file);
        bytes[Journal.BLOCK_BYTES + at] ^= 1;
        Files.write(file, bytes);

        assertEquals(List.of("first"), paths());
    }

    @Test
    void entries_ofAnEarlierGeneration_areNotRead() throws IOException {
        journal.append(entry("old1", 10));
        journal.append(entry("old2", 10));
        journal.begin(8);
        journal.append(entry("new", 10));

        assertEquals(List.of("new"), paths());
    }

    @Test
    void clear_leavesTheGenerationsNumberAndNothingOfWhatWasThere() throws IOException {
        journal.append(entry("old1", 10));
        journal.append(entry("old2", 10));
        journal.clear();

        assertEquals(
                new Generation(7, List.of()), Journal.open(file, SIZE_BYTES).resume());
        assertTrue(journal.isEmpty());
    }

    @Test
    void room_isCountedInBlocks() throws IOException {
        for (int n = 0; n < 7; n++) {
            journal.append(entry("n" + n, 1));
        }
        assertTrue(journal.hasRoomFor(entry("x", 4000)));
        assertFalse(journal.hasRoomFor(entry("x", 4096)));
        journal.append(entry("x", 4000));
        assertFalse(journal.hasRoomFor(entry("", 0)));
        assertEquals(8, paths().size());
    }
}
