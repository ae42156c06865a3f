package io.fairlead.kit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.kit.store.Journal.Entry;
import io.fairlead.kit.store.Journal.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A torn or damaged journal gives the entries before the damage unchanged, and none that was never written. It takes
 * new ones afterwards.
 */
class JournalFuzzTest {
    private static final int SIZE_BYTES = 16 * Journal.BLOCK_BYTES;
    private static final int OLD = 3;
    private static final int NEW = 4;

    @TempDir
    static Path folder;

    /**
     * An input is the number of entries of an old generation and of a new one, a number for the size of each, then the
     * damage: three bytes for a place, and one to be put there by exclusive or.
     */
    @MethodSource("damages")
    @FuzzTest
    void resume_whenTheFileIsDamaged_givesWhatWasWrittenBefore(byte[] input) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(input);
        if (in.remaining() < 2) {
            return;
        }
        Path file = folder.resolve("journal");
        Files.deleteIfExists(file);
        int old = in.get() & 7;
        int fresh = in.get() & 7;
        List<Entry> written;
        try (Journal journal = Journal.open(file, SIZE_BYTES)) {
            fill(journal, OLD, old, in);
            written = fill(journal, NEW, fresh, in);
        }
        long damagedFrom = damage(file, in);

        try (Journal journal = Journal.open(file, SIZE_BYTES)) {
            Journal.Generation read = journal.resume();
            requireBeginning(read, written, old, damagedFrom);
            journal.begin(read.number() + 1);
            Entry next = new Entry(Kind.CREATE, "next", new byte[1]);
            journal.append(next);
        }
        try (Journal journal = Journal.open(file, SIZE_BYTES)) {
            assertEquals("next", journal.resume().entries().get(0).path());
        }
    }

    private static List<Entry> fill(Journal journal, int generation, int count, ByteBuffer in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        journal.begin(generation);
        for (int i = 0; i < count && in.hasRemaining(); i++) {
            int size = (in.get() & 0xff) * 64;
            Entry entry = new Entry(Kind.values()[size / 64 % 2], "g" + generation + "/" + i, new byte[size]);
            if (journal.hasRoomFor(entry)) {
                journal.append(entry);
                entries.add(entry);
            }
        }
        return entries;
    }

    /** @return the first damaged place, or the file's end */
    private static long damage(Path file, ByteBuffer in) throws IOException {
        long first = SIZE_BYTES;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (in.remaining() >= 4) {
                int place = ((in.get() & 0xff) << 16 | (in.get() & 0xff) << 8 | in.get() & 0xff) % SIZE_BYTES;
                byte change = in.get();
                ByteBuffer at = ByteBuffer.allocate(1);
                channel.read(at, place);
                channel.write(at.put(0, (byte) (at.get(0) ^ change)).flip(), place);
                first = change == 0 ? first : Math.min(first, place);
            }
        }
        return first;
    }

    private static void requireBeginning(Journal.Generation read, List<Entry> written, int old, long damagedFrom) {
        if (written.isEmpty()) {
            return; // the file still contains the old generation, or the rest of it
        }
        assertTrue(read.entries().size() <= written.size() || read.number() != NEW);
        long end = 0;
        for (int i = 0; i < written.size(); i++) {
            Entry entry = written.get(i);
            end += bytes(entry);
            if (i < read.entries().size()) {
                Entry found = read.entries().get(i);
                assertEquals(entry.kind(), found.kind());
                assertEquals(entry.path(), found.path());
                assertArrayEquals(entry.content(), found.content());
            } else {
                assertTrue(damagedFrom < end, "entry %d is missing, the damage begins at %d".formatted(i, damagedFrom));
            }
        }
    }

    private static long bytes(Entry entry) {
        int used = 44 + entry.path().length() + entry.content().length;
        return (long) (used + Journal.BLOCK_BYTES - 1) / Journal.BLOCK_BYTES * Journal.BLOCK_BYTES;
    }

    /** The checksum rejects most inputs; the fuzzer learns to make a fitting one. */
    @MethodSource("files")
    @FuzzTest
    void resume_whenTheFileHoldsAnything_ends(byte[] content) throws IOException {
        Path file = folder.resolve("any");
        Files.write(file, content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), SIZE_BYTES - 1L); // long enough not to be made anew
        }
        try (Journal journal = Journal.open(file, SIZE_BYTES)) {
            Journal.Generation read = journal.resume();
            assertTrue(read.entries().size() <= SIZE_BYTES / Journal.BLOCK_BYTES);
        }
    }

    static List<byte[]> damages() {
        return List.of(
                new byte[] {0, 3, 1, 80, 2},
                new byte[] {3, 2, 1, 80, 2, 2, 3, 0, 16, 50, 1},
                new byte[] {7, 7, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 0, 0, 8, -1},
                new byte[] {1, 1, 0, 0, 0, 0, 40, -128, 0, 0, 32, 1});
    }

    static List<byte[]> files() throws IOException {
        Path file = folder.resolve("seed");
        try (Journal journal = Journal.open(file, SIZE_BYTES)) {
            journal.begin(NEW);
            journal.append(new Entry(Kind.CREATE, "a/b", new byte[] {1, 2, 3}));
            journal.append(new Entry(Kind.FORGET, "a/b", new byte[0]));
        }
        byte[] all = Files.readAllBytes(file);
        Files.delete(file);
        return List.of(
                java.util.Arrays.copyOf(all, 64),
                java.util.Arrays.copyOf(all, Journal.BLOCK_BYTES + 64),
                new byte[Journal.BLOCK_BYTES]);
    }
}
