package io.fairlead.backend.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.backend.files.OwnFiles;
import io.fairlead.linux.file.AppendedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Copies a guest's console output, byte by byte, to a file that the client chose. It follows the monitor's log and
 * records its position after each step. The next daemon continues from there, so that no output written meanwhile is
 * lost. Safe for concurrent use.
 */
final class ConsoleCopy implements AutoCloseable {
    /** The values of libvirt's log daemon (max_size and max_backups of virtlogd.conf). */
    private static final long ROTATE_BYTES = 2L << 20;

    private static final int ROTATED_KEPT = 3;
    // The monitor's lines have at most 8 KiB of text.
    private static final int READ_BYTES = 64 * 1024;

    /**
     * The position of the copy.
     *
     * @param log inode of the monitor's file; null before the first file
     * @param at how many bytes of that file were copied; a line begins there
     * @param size size of the client's file at that moment, in bytes
     */
    private record Position(String log, long at, long size) {
        static Position read(Path file) throws IOException {
            try {
                String[] fields = Files.readString(file, US_ASCII).split(" ");
                return new Position(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]));
            } catch (NoSuchFileException e) {
                return new Position(null, 0, -1);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("%s does not tell how far a console was copied".formatted(file), e);
            }
        }

        byte[] text() {
            return "%s %d %d".formatted(log, at, size).getBytes(US_ASCII);
        }
    }

    private final ConsoleLog log;
    private final AppendedFile file;
    private final Path positionFile;
    private Position position;
    /** Drops bytes that an earlier daemon wrote without recording them. */
    private long unnoted;

    private FileChannel open;
    private boolean closed;

    /** Continues at the recorded position, or at the beginning of the log if there is none. */
    ConsoleCopy(ConsoleLog log, AppendedFile file, Path positionFile) throws IOException {
        this.log = log;
        this.file = file;
        this.positionFile = positionFile;
        position = Position.read(positionFile);
        unnoted = position.size < 0 ? 0 : Math.max(0, file.sizeBytes() - position.size);
    }

    /** Records that the log of a new run is to be copied from its beginning. */
    synchronized void begin() throws IOException {
        note(new Position(identity(log.path()), 0, file.sizeBytes()));
    }

    /** Copies new output. */
    synchronized void pump() throws IOException {
        if (closed) {
            return;
        }
        boolean more = true;
        while (more) {
            more = copyPiece() || follow();
        }
    }

    /** One piece of the file that is being copied; false at its end. */
    private boolean copyPiece() throws IOException {
        if (open == null && !reopen()) {
            return false;
        }
        ByteBuffer piece = ByteBuffer.allocate(READ_BYTES);
        int count = open.read(piece, position.at);
        int end = Math.max(0, count);
        while (end > 0 && piece.array()[end - 1] != '\n') {
            end--;
        }
        if (end == 0 && count == READ_BYTES) {
            end = count; // not a line of a log: skipped
        }
        if (end == 0) {
            return false;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new LogDecoder()
                .decode(piece.array(), 0, end, (channel, at, log, from, length) -> text.write(log, from, length));
        write(text.toByteArray());
        note(new Position(position.log, position.at + end, file.sizeBytes()));
        return true;
    }

    private void write(byte[] text) throws IOException {
        int known = (int) Math.min(unnoted, text.length);
        unnoted -= known;
        byte[] fresh = Arrays.copyOfRange(text, known, text.length);
        if (file.sizeBytes() + fresh.length > ROTATE_BYTES && file.sizeBytes() > 0) {
            file.rotate(ROTATED_KEPT);
        }
        file.append(fresh);
    }

    /** Finds the file of the recorded position, by either of its names. */
    private boolean reopen() throws IOException {
        for (Path path : new Path[] {log.path(), log.previous()}) {
            String identity = identity(path);
            if (identity != null && (position.log == null || identity.equals(position.log))) {
                open = FileChannel.open(path);
                position = new Position(identity, position.at, position.size);
                return true;
            }
        }
        return follow();
    }

    /** Changes to the monitor's present file, if that is another one. */
    private boolean follow() throws IOException {
        String present = identity(log.path());
        if (present == null || present.equals(position.log)) {
            return false;
        }
        if (open != null) {
            if (open.size() > position.at && copyPiece()) {
                return true; // output written between the last read and the change of files
            }
            open.close();
        }
        try {
            open = FileChannel.open(log.path());
        } catch (NoSuchFileException e) {
            open = null; // the file is being replaced at this moment
            return false;
        }
        position = new Position(present, 0, position.size);
        return true;
    }

    private void note(Position now) throws IOException {
        OwnFiles.write(positionFile, now.text());
        position = now;
    }

    private String identity(Path path) {
        Object identity = log.identity(path);
        return identity == null ? null : identity.toString();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
