package io.fairlead.thin;

import io.fairlead.linux.device.BlockCache;
import io.fairlead.linux.mount.FileSystemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognises the content of a block device by the marks that its users leave near its start and its end, and wipes
 * those marks off.
 */
public final class BlockContent {
    /** All marks known here lie within this distance of the start or the end; {@link #wipe} clears as much. */
    private static final int EDGE_BYTES = 1 << 20;

    private static final List<BlockMark> MARKS =
            Stream.concat(BlockMark.ALL.stream(), BlockMark.zfs().stream()).toList();

    private BlockContent() {}

    /** The owner of the data on the device, in words; empty if we recognise none. */
    public static Optional<String> owner(Path device) throws IOException {
        BlockCache.drop(device);
        Optional<FileSystemType> fileSystem = FileSystemType.probe(device);
        if (fileSystem.isPresent()) {
            return Optional.of("a file system (%s)".formatted(fileSystem.get().kernelName()));
        }
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer start = read(channel, 0, (int) Math.min(EDGE_BYTES, size));
            long endAt = Math.max(0, size - EDGE_BYTES);
            ByteBuffer end = read(channel, endAt, (int) (size - endAt));
            return MARKS.stream()
                    .filter(mark -> found(mark, size, 0, start) || found(mark, size, endAt, end))
                    .findFirst()
                    .map(BlockMark::holds);
        }
    }

    private static boolean found(BlockMark mark, long size, long pieceAt, ByteBuffer piece) {
        long from = mark.place().applyAsLong(size) - pieceAt;
        long to = from + mark.bytes().length;
        return from >= 0
                && to <= piece.capacity()
                && Arrays.equals(piece.array(), (int) from, (int) to, mark.bytes(), 0, mark.bytes().length);
    }

    static boolean isZero(Path device, long at, int length) throws IOException {
        BlockCache.drop(device);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            for (byte b : read(channel, at, length).array()) {
                if (b != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Bytes behind the end read as zeros. */
    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            // A device may give less than was asked for.
        }
        return bytes;
    }

    /** Overwrites the marks at start and end; later use overwrites the bytes between. */
    static void wipe(Path device) throws IOException {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            int edge = (int) Math.min(EDGE_BYTES, size);
            clear(channel, size - edge, edge);
            clear(channel, 0, edge); // last: these bytes mark a pool
            channel.force(true);
        }
    }

    private static void clear(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(length);
        while (zeros.hasRemaining()) {
            channel.write(zeros, at + zeros.position());
        }
    }
}
