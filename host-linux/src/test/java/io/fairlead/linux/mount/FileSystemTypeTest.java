package io.fairlead.linux.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.testing.NeedsHost;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSystemTypeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mkfs.ext4 -q, EXT4, 16",
        "mkfs.ext3 -q, EXT3, 16",
        "mkfs.ext2 -q, EXT2, 16",
        "mkfs.xfs -q, XFS, 320",
        "mkfs.btrfs -q, BTRFS, 128"
    })
    @NeedsHost(programs = {"mkfs.ext4", "mkfs.xfs", "mkfs.btrfs"})
    void probe_whenTheFileSystemWasMade_isRecognised(String maker, FileSystemType type, int megabytes)
            throws Exception {
        Path image = image(megabytes);
        List<String> command = new ArrayList<>(List.of(maker.split(" ")));
        command.add(image.toString());
        Command.of(command).run().orThrow();
        assertEquals(Optional.of(type), FileSystemType.probe(image));
    }

    @ParameterizedTest
    @CsvSource({"0, hsqs, SQUASHFS", "32769, CD001, ISO9660", "1024, \u00e2\u00e1\u00f5\u00e0, EROFS"})
    void recognise_whenTheMagicIsThere_isThatType(int offset, String magic, FileSystemType type) {
        ByteBuffer head = head();
        head.position(offset);
        head.put(magic.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertEquals(Optional.of(type), FileSystemType.recognise(head));
    }

    @Test
    void recognise_whenABootSectorHasNoFat_isUnknown() {
        ByteBuffer head = head().putShort(510, (short) 0xAA55);
        assertEquals(Optional.empty(), FileSystemType.recognise(head));
        head.position(82);
        head.put("FAT32   ".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertEquals(Optional.of(FileSystemType.VFAT), FileSystemType.recognise(head));
    }

    @Test
    void probe_whenTheFileIsEmptyOrShort_isUnknown() throws Exception {
        assertEquals(Optional.empty(), FileSystemType.probe(image(0)));
        assertEquals(Optional.empty(), FileSystemType.probe(image(1)));
    }

    private static ByteBuffer head() {
        return ByteBuffer.allocate(70_000).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path image(int megabytes) throws Exception {
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        return image;
    }
}
