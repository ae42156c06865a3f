package io.fairlead.thin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * A row of bytes that marks a user of a block device, and its place. {@code linux.mount.FileSystemType} knows the file
 * systems that containers use; the others are here. The list is that of libblkid (blkid -k) without the long extinct
 * formats.
 *
 * @param place from the device's size in bytes; a place that is not on the device never matches
 */
record BlockMark(String holds, LongUnaryOperator place, byte[] bytes) {
    /** 27022010, little-endian (drivers/md/dm-thin-metadata.c). */
    private static final byte[] THIN = {(byte) 0xba, 0x52, (byte) 0x9c, 0x01};

    /** 0xa92b4efc, little-endian (drivers/md, md_p.h). */
    private static final byte[] RAID = {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9};

    private static final byte[] BCACHE = {(byte) 0xc6, (byte) 0x85, 0x73, (byte) 0xf6};

    /**
     * 0x00bab10c; a label has 128 KiB of uberblocks after 128 KiB of other content, and any of them may hold the mark.
     */
    private static final byte[] ZFS = {0x0c, (byte) 0xb1, (byte) 0xba, 0x00};

    private static final int ZFS_FIRST = 128 << 10;
    private static final int ZFS_LAST = 256 << 10;
    private static final int ZFS_STEP = 1024;

    /** The more telling come first: many devices also have a boot sector. */
    static final List<BlockMark> ALL = List.of(
            at(32, "a thin pool's metadata", THIN),
            at(0, "a thin pool's data", PoolIdentity.MARK), // the first block a new pool gives away is its identity's
            at(512, "an LVM physical volume", "LABELONE"),
            at(0, "an LVM physical volume", "LABELONE"),
            at(1024, "an LVM physical volume", "LABELONE"),
            at(1536, "an LVM physical volume", "LABELONE"),
            at(0, "an encrypted volume", "LUKS\u00ba\u00be"),
            at(0x4000, "an encrypted volume", "SKUL\u00ba\u00be"), // the second header of LUKS2
            at(3, "an encrypted volume", "-FVE-FS-"),
            at(4096, "a member of a RAID", RAID), // version 1.2, 1.1, 1.0 and 0.90
            at(0, "a member of a RAID", RAID),
            new BlockMark("a member of a RAID", size -> (size / 512 - 16 & ~7) * 512, RAID),
            new BlockMark("a member of a RAID", size -> (size & ~0xffffL) - 0x10000, RAID),
            at(4096 + 24, "a bcache device or file system", BCACHE),
            at(512 + 4, "a Stratis device", "!Stra0tis"),
            at(9 * 512 + 4, "a Stratis device", "!Stra0tis"),
            at(0, "a VDO volume", "dmvdo001"),
            at(0, "a Ceph disk", "bluestore block device"),
            at(0, "a snapshot's store", "SnAp"),
            at(0, "a dm-verity tree", "verity\0\0"),
            at(0, "a dm-integrity volume", "integrit"),
            at(32, "an Oracle ASM disk", "ORCLDISK"),
            at(3, "a file system (ntfs)", "NTFS    "),
            at(3, "a file system (exfat)", "EXFAT   "),
            at(1024, "a file system (f2fs)", "\u0010\u0020\u00f5\u00f2"),
            at(1030, "a file system (nilfs2)", "\u0034\u0034"),
            at(1024, "a file system (hfsplus)", "H+"),
            at(32, "a file system (apfs)", "NXSB"),
            at(32_768, "a file system (jfs)", "JFS1"),
            at(32_769, "a file system (udf)", "BEA01"),
            at(65_536, "a file system (reiser4)", "ReIsEr4"),
            at(65_588, "a file system (reiserfs)", "ReIsEr"),
            at(65_536, "a file system (gfs2)", "\u0001\u0016\u0019\u0070"),
            at(1024, "a file system (ocfs2)", "OCFSV2"),
            at(2048, "a file system (ocfs2)", "OCFSV2"),
            at(4096, "a file system (ocfs2)", "OCFSV2"),
            at(8192, "a file system (ocfs2)", "OCFSV2"),
            at(4086, "swap space", "SWAPSPACE2"),
            at(4086, "swap space", "SWAP-SPACE"),
            at(65_526, "swap space", "SWAPSPACE2"), // of a kernel with pages of 64 KiB
            at(4086, "a sleeping host's memory", "S1SUSPEND"),
            at(4086, "a sleeping host's memory", "ULSUSPEND"),
            at(512, "a GPT partition table", "EFI PART"),
            at(4096, "a GPT partition table", "EFI PART"),
            new BlockMark("a GPT partition table's copy", size -> size - 512, latin("EFI PART")),
            new BlockMark("a GPT partition table's copy", size -> size - 4096, latin("EFI PART")),
            at(510, "a partition table", "U\u00aa"));

    private static BlockMark at(long at, String holds, String text) {
        return at(at, holds, latin(text));
    }

    private static BlockMark at(long at, String holds, byte[] bytes) {
        return new BlockMark(holds, size -> at, bytes);
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Marks of one kind that may lie at many places. */
    static List<BlockMark> zfs() {
        return java.util.stream.IntStream.iterate(ZFS_FIRST, at -> at < ZFS_LAST, at -> at + ZFS_STEP)
                .mapToObj(at -> at(at, "a ZFS pool", ZFS))
                .toList();
    }
}
