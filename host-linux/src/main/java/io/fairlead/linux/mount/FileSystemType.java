package io.fairlead.linux.mount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The file system on a block device or in a file, told by its superblock, without spawning blkid. */
public enum FileSystemType {
    EXT2("ext2"),
    EXT3("ext3"),
    EXT4("ext4"),
    XFS("xfs"),
    BTRFS("btrfs"),
    SQUASHFS("squashfs"),
    EROFS("erofs"),
    ISO9660("iso9660"),
    VFAT("vfat");

    private static final int EXT_SUPERBLOCK = 1024;
    private static final int EXT_COMPAT_HAS_JOURNAL = 0x4;
    // Features that ext3 does not know either: extents, 64bit, flex_bg; huge_file, gdt_csum, dir_nlink, extra_isize,
    // ...
    private static final int EXT3_INCOMPAT_KNOWN = 0x2 | 0x4 | 0x10;
    private static final int EXT3_RO_COMPAT_KNOWN = 0x1 | 0x2 | 0x4;
    private static final int BTRFS_MAGIC_AT = 65536 + 64;
    private static final int ISO_MAGIC_AT = 32768 + 1;
    private static final int WINDOW = BTRFS_MAGIC_AT + 8;

    private final String kernelName;

    FileSystemType(String kernelName) {
        this.kernelName = kernelName;
    }

    /** As mount(2) wants it. */
    public String kernelName() {
        return kernelName;
    }

    /** Empty when it is none of those known here. */
    public static Optional<FileSystemType> probe(Path deviceOrFile) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(deviceOrFile, StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // A device may give less than was asked for.
            }
        }
        return recognise(head);
    }

    static Optional<FileSystemType> recognise(ByteBuffer head) {
        if (has(head, 0, "XFSB")) {
            return Optional.of(XFS);
        }
        if (has(head, 0, "hsqs")) {
            return Optional.of(SQUASHFS);
        }
        if (has(head, BTRFS_MAGIC_AT, "_BHRfS_M")) {
            return Optional.of(BTRFS);
        }
        if (head.getInt(1024) == 0xE0F5E1E2) {
            return Optional.of(EROFS);
        }
        if ((head.getShort(EXT_SUPERBLOCK + 56) & 0xffff) == 0xEF53) {
            return Optional.of(ext(head));
        }
        if (has(head, ISO_MAGIC_AT, "CD001")) {
            return Optional.of(ISO9660);
        }
        return isFat(head) ? Optional.of(VFAT) : Optional.empty();
    }

    private static FileSystemType ext(ByteBuffer head) {
        int compat = head.getInt(EXT_SUPERBLOCK + 92);
        int incompat = head.getInt(EXT_SUPERBLOCK + 96);
        int readOnlyCompat = head.getInt(EXT_SUPERBLOCK + 100);
        if ((incompat & ~EXT3_INCOMPAT_KNOWN) != 0 || (readOnlyCompat & ~EXT3_RO_COMPAT_KNOWN) != 0) {
            return EXT4;
        }
        return (compat & EXT_COMPAT_HAS_JOURNAL) != 0 ? EXT3 : EXT2;
    }

    /** A boot signature alone would also be a partition table, so the FAT's own label must be there. */
    private static boolean isFat(ByteBuffer head) {
        boolean signed = (head.getShort(510) & 0xffff) == 0xAA55;
        return signed && (has(head, 82, "FAT32") || has(head, 54, "FAT12") || has(head, 54, "FAT16"));
    }

    private static boolean has(ByteBuffer head, int offset, String magic) {
        byte[] bytes = magic.getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (head.get(offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
