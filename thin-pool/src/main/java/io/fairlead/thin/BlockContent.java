package io.fairlead.thin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

/** What a block device holds, told by the marks that its users leave near its start; and how to wipe those off. */
public final class BlockContent {
    /** Where every mark known here lies; and how much {@link #wipe} clears. */
    private static final int HEAD_BYTES = 1 << 20;

    /** 27022010, little-endian (drivers/md/dm-thin-metadata.c). */
    private static final byte[] THIN_MAGIC = {(byte) 0xba, 0x52, (byte) 0x9c, 0x01};

    private record Mark(String holds, int at, byte[] bytes) {
        Mark(String holds, int at, String text) {
            this(holds, at, text.getBytes(ISO_8859_1));
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark("a thin pool's metadata", 32, THIN_MAGIC),
            new Mark("an LVM physical volume", 512, "LABELONE"),
            new Mark("an LVM physical volume", 0, "LABELONE"),
            new Mark("an LVM physical volume", 1024, "LABELONE"),
            new Mark("an LVM physical volume", 1536, "LABELONE"),
            new Mark("an encrypted volume", 0, "LUKS\u00ba\u00be"),
            new Mark("a GPT partition table", 512, "EFI PART"),
            new Mark("a GPT partition table", 4096, "EFI PART"),
            new Mark("swap space", 4086, "SWAPSPACE2"),
            new Mark("a member of a RAID", 4096, new byte[] {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9}),
            new Mark("a member of a RAID", 0, new byte[] {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9}),
            new Mark("a bcache device", 4096 + 24, new byte[] {(byte) 0xc6, (byte) 0x85, 0x73, (byte) 0xf6}),
            new Mark("a partition table", 510, new byte[] {0x55, (byte) 0xaa}));

    private BlockContent() {}

    /** Whose data lies on the device, in words; empty if nobody's that we know. */
    public static Optional<String> owner(Path device) throws IOException {
        BlockCache.drop(device);
        Optional<FileSystemType> fileSystem = FileSystemType.probe(device);
        if (fileSystem.isPresent()) {
            return Optional.of("a file system (%s)".formatted(fileSystem.get().kernelName()));
        }
        byte[] head = read(device, 0, 2 * 4096);
        return MARKS.stream().filter(mark -> found(mark, head)).findFirst().map(Mark::holds);
    }

    private static boolean found(Mark mark, byte[] head) {
        int end = mark.at() + mark.bytes().length;
        return Arrays.equals(head, mark.at(), end, mark.bytes(), 0, mark.bytes().length);
    }

    static boolean isZero(Path device, long at, int length) throws IOException {
        for (byte b : read(device, at, length)) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** What lies behind the end reads as zeros. */
    private static byte[] read(Path device, long at, int length) throws IOException {
        BlockCache.drop(device);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
                // A device may give less than was asked for.
            }
        }
        return bytes.array();
    }

    /** Overwrites the marks at its start; what lies behind them is left to be overwritten by use. */
    static void wipe(Path device) throws IOException {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, channel.size()));
            while (zeros.hasRemaining()) {
                channel.write(zeros, zeros.position());
            }
            channel.force(true);
        }
    }
}
