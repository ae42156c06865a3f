package io.fairlead.backend.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

/**
 * Follows a {@link ConsoleLog}: first the last {@link Scrollback#BYTES} of the guest's output, then all new output,
 * across rotations, each byte once. Not safe for concurrent use.
 */
final class LogTail implements AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;
    // Decoded, lines shrink at worst to one byte in 46 (an empty line); this much always contains a whole scrollback.
    private static final long PAST_BYTES = 46L * Scrollback.BYTES;

    private final ConsoleLog log;
    private final LogDecoder decoder = new LogDecoder();
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    private FileChannel current;
    private Object currentFile;
    private long position;

    LogTail(ConsoleLog log) {
        this.log = log;
    }

    /** Earlier output, at most {@link Scrollback#BYTES}; {@link #next} continues right behind it. */
    byte[] past() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object previous = log.identity(log.previous());
        open();
        if (previous != null && !previous.equals(currentFile)) {
            try (FileChannel file = FileChannel.open(log.previous())) {
                decodePast(file, new LogDecoder(), out);
            } catch (NoSuchFileException e) {
                // Replaced at this moment; then the current file has become long enough for a scrollback.
                out.reset();
            }
        }
        if (current != null) {
            position = decodePast(current, decoder, out);
        }
        byte[] all = out.toByteArray();
        return Arrays.copyOfRange(all, Math.max(0, all.length - Scrollback.BYTES), all.length);
    }

    /** New output since the last call, possibly none; at most about {@value #READ_BYTES} bytes at a time. */
    byte[] next() throws IOException {
        if (current == null) {
            open();
        }
        byte[] added = read();
        if (added.length == 0 && current != null && rotated()) {
            // The monitor closes the old file before the new one gets the name, so this read reaches the old file's
            // end.
            added = read();
            if (added.length == 0) {
                close();
                open();
                added = read();
            }
        }
        return added;
    }

    private byte[] read() throws IOException {
        if (current == null) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count;
        do {
            buffer.clear();
            count = current.read(buffer, position);
            if (count > 0) {
                position += count;
                decoder.decode(buffer.array(), 0, count, out);
            }
        } while (count > 0 && out.size() == 0); // a torn line may give no output
        return out.toByteArray();
    }

    private boolean rotated() {
        Object now = log.identity(log.path());
        return now != null && !now.equals(currentFile);
    }

    private void open() throws IOException {
        try {
            // The identity first: if the file is replaced in between, this notices one rotation too many, not too few.
            Object identity = log.identity(log.path());
            current = FileChannel.open(log.path());
            currentFile = identity;
            position = 0;
        } catch (NoSuchFileException e) {
            current = null;
        }
    }

    private static long decodePast(FileChannel file, LogDecoder decoder, ByteArrayOutputStream out) throws IOException {
        long size = file.size();
        long start = Math.max(0, size - PAST_BYTES);
        ByteBuffer content = ByteBuffer.allocate((int) (size - start));
        long position = start;
        while (content.hasRemaining()) {
            int count = file.read(content, position);
            if (count < 0) {
                break;
            }
            position += count;
        }
        int from = 0;
        if (start > 0) {
            while (from < content.position() && content.array()[from++] != '\n') {
                // Begin with a whole line.
            }
        }
        decoder.decode(content.array(), from, content.position(), out);
        return position;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
