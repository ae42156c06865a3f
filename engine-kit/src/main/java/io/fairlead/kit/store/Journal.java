package io.fairlead.kit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of entries. They are written one behind the other into blocks that were allocated when the file was made, so
 * an entry costs one write to the disk and none to the file system's own log. A power cut tears at most the last entry,
 * which was not acknowledged yet. Not safe for concurrent use.
 *
 * <p>An entry begins at a block: magic number, checksum of all that follows, generation, number within it, kind,
 * lengths, path, content. Entries of earlier generations may lie behind the last one. They are not read: their
 * generation or number differs.
 */
final class Journal implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    enum Kind {
        /** A file was made, with this content. */
        CREATE,
        /** Earlier entries about the file are void: it is durable at its place, or deleted. */
        FORGET,
        /** The journal is empty; entries behind this one are old. */
        CLEAR
    }

    record Entry(Kind kind, String path, byte[] content) {}

    /**
     * The entries since the last {@link #begin}, and their generation's number, which is known even if there are none.
     */
    record Generation(long number, List<Entry> entries) {}

    static final int BLOCK_BYTES = 4096;
    private static final long MAGIC = 0x464c4a524e4c3031L; // "FLJRNL01"
    /**
     * The journal must not take the space that other files need: this many times its size must be free when it is made.
     */
    private static final int SPARE = 16;

    private static final int CHECKED_FROM = 16;
    private static final int HEADER_BYTES = 44;

    private final FileChannel file;
    private final int sizeBytes;
    private long generation;
    private int count;
    private long end;

    private Journal(FileChannel file, int sizeBytes) {
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    /**
     * Opens the journal, or makes it with all of its blocks. If there is no space for it, its size is 0, and nothing
     * fits into it.
     */
    static Journal open(Path path, int sizeBytes) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel file = FileChannel.open(path, options, ownerOnly);
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            return new Journal(file, file.size() >= sizeBytes || fill(file, sizeBytes, free) ? sizeBytes : 0);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean fill(FileChannel file, int sizeBytes, long freeBytes) throws IOException {
        try {
            if (freeBytes < (long) SPARE * sizeBytes) {
                throw new IOException("only %d bytes are free".formatted(freeBytes));
            }
            write(file, ByteBuffer.allocate(sizeBytes), 0);
            file.force(true);
            return true;
        } catch (IOException e) {
            log.warn("doing without a journal of {} bytes: {}", sizeBytes, e.getMessage());
            file.truncate(0); // the next start would take a part for the whole
            return false;
        }
    }

    /**
     * Reads the entries of an earlier daemon that did not {@link #clear} the journal. The number is 0 for a file that
     * was never used. New entries go behind these, until {@link #begin}.
     */
    Generation resume() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long found = 0;
        long at = 0;
        while (at < sizeBytes) {
            ByteBuffer block = block(at, HEADER_BYTES);
            if (block == null || block.getLong(0) != MAGIC || block.getInt(24) != entries.size()) {
                break;
            }
            long of = block.getLong(16);
            int path = block.getInt(32);
            int content = block.getInt(36);
            boolean first = entries.isEmpty();
            if (!first && of != found || path < 0 || content < 0 || (long) path + content > sizeBytes - at) {
                break;
            }
            Entry entry = entry(at, path, content);
            if (entry == null) {
                break;
            }
            found = of;
            if (entry.kind == Kind.CLEAR) {
                break;
            }
            entries.add(entry);
            at += blocks(path + content);
        }
        generation = found;
        count = entries.size();
        end = entries.isEmpty() ? 0 : at;
        return new Generation(found, entries);
    }

    private Entry entry(long at, int pathBytes, int contentBytes) throws IOException {
        ByteBuffer whole = block(at, HEADER_BYTES + pathBytes + contentBytes);
        if (whole == null || whole.getLong(8) != checksum(whole)) {
            return null;
        }
        int kind = whole.getInt(28);
        if (kind < 0 || kind >= Kind.values().length) {
            return null;
        }
        byte[] path = new byte[pathBytes];
        byte[] content = new byte[contentBytes];
        whole.position(HEADER_BYTES).get(path).get(content);
        return new Entry(Kind.values()[kind], new String(path, UTF_8), content);
    }

    /** Null if the file is shorter. */
    private ByteBuffer block(long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                return null;
            }
        }
        return buffer;
    }

    /**
     * Begins a generation: new entries belong to it and go to the file's start.
     *
     * @param number higher than any before
     */
    void begin(long number) {
        generation = number;
        count = 0;
        end = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean hasRoomFor(Entry entry) {
        return end + blocks(entry.path.getBytes(UTF_8).length + entry.content.length) <= sizeBytes;
    }

    /** Once it returns, the entry is on the disk. There must be room for it. */
    void append(Entry entry) throws IOException {
        end += write(entry, end, count);
        count++;
    }

    /** Empties the journal, on the disk. */
    void clear() throws IOException {
        if (sizeBytes > 0) {
            write(new Entry(Kind.CLEAR, "", new byte[0]), 0, 0);
        }
        count = 0;
        end = 0;
    }

    /** @return how many bytes it takes */
    private int write(Entry entry, long at, int number) throws IOException {
        byte[] path = entry.path.getBytes(UTF_8);
        int bytes = path.length + entry.content.length;
        ByteBuffer buffer = ByteBuffer.allocate(blocks(bytes));
        buffer.putLong(0, MAGIC)
                .putLong(16, generation)
                .putInt(24, number)
                .putInt(28, entry.kind.ordinal())
                .putInt(32, path.length)
                .putInt(36, entry.content.length);
        buffer.position(HEADER_BYTES).put(path).put(entry.content);
        buffer.putLong(8, checksum(buffer.limit(HEADER_BYTES + bytes)));
        write(file, buffer.limit(blocks(bytes)).position(0), at);
        file.force(false);
        return blocks(bytes);
    }

    private static long checksum(ByteBuffer entry) {
        CRC32C sum = new CRC32C();
        sum.update(entry.duplicate().position(CHECKED_FROM));
        return sum.getValue();
    }

    /** The size in bytes of an entry whose path and content have so many bytes. */
    private static int blocks(int bytes) {
        return (HEADER_BYTES + bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    private static void write(FileChannel file, ByteBuffer buffer, long at) throws IOException {
        int start = buffer.position();
        while (buffer.hasRemaining()) {
            file.write(buffer, at + buffer.position() - start);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
