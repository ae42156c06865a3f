package io.fairlead.storage.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.storage.image.ImageFacts.Backing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells images from raw files by their first bytes, as libvirt does it. The bytes are not trusted: every number is
 * checked before it is used, at most {@value #HEADER_BYTES} bytes are read beside names, and no name in them is opened.
 */
public final class ImageProbe {
    /** Enough for every header that is known here, and the descriptor in a vmdk. */
    private static final int HEADER_BYTES = 64 << 10;

    private static final int SECTOR = 512;
    private static final int NAME_MAX = 1023; // of a backing file: qcow2's limit, and ours for the others
    private static final long NAME_AT_MAX = 1L << 40; // far behind any first cluster
    private static final int CD_MAGIC_AT = 0x8001;
    private static final int BACKING_FORMAT = 0xE2792ACA; // a qcow2 header extension
    private static final long EXTERNAL_DATA = 1L << 2; // an incompatible feature of qcow2
    private static final long QED_HAS_BACKING = 1;
    private static final Pattern VMDK_PARENT = Pattern.compile("parentFileNameHint=\"([^\"\\n]{1,1023})\"");

    /** Reads bytes at a place of a file, fewer only at its end. */
    public interface Source {
        int read(long at, ByteBuffer into) throws IOException;
    }

    private final Source source;
    private final ByteBuffer header;

    private ImageProbe(Source source, ByteBuffer header) {
        this.source = source;
        this.header = header;
    }

    /** Empty for a file that is raw, as far as can be told. */
    public static Optional<ImageFacts> probe(Source source) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        source.read(0, header);
        return new ImageProbe(source, header.flip()).facts().filter(facts -> facts.capacityBytes() >= 0);
    }

    private Optional<ImageFacts> facts() throws IOException {
        if (header.limit() < SECTOR) {
            // No header is shorter; a shorter qcow2 is cut off.
            return Optional.empty();
        }
        int magic = header.getInt(0);
        return switch (magic) {
            case 0x514649fb -> qcow(header.getInt(4));
            case 0x51454400 -> Optional.of(qed());
            case 0x4b444d56 -> Optional.of(vmdk());
            default -> others();
        };
    }

    private Optional<ImageFacts> qcow(int version) throws IOException {
        long backingAt = header.getLong(8);
        int backingBytes = header.getInt(16);
        if (version == 1) {
            Optional<Backing> backing = name(backingAt, backingBytes).map(path -> new Backing(path, "raw"));
            boolean encrypted = header.getInt(36) != 0;
            return Optional.of(new ImageFacts("qcow", header.getLong(24), false, false, 0, encrypted, false, backing));
        }
        int clusterBits = header.getInt(20);
        if (version != 2 && version != 3 || clusterBits < 9 || clusterBits > 21) {
            return Optional.empty();
        }
        boolean modern = version == 3;
        String format =
                backingFormat(modern ? header.getInt(100) : 72, backingAt).orElse("raw");
        return Optional.of(new ImageFacts(
                "qcow2",
                header.getLong(24),
                modern,
                modern && (header.getLong(80) & 1) != 0,
                1L << clusterBits,
                header.getInt(32) != 0,
                modern && (header.getLong(72) & EXTERNAL_DATA) != 0,
                name(backingAt, backingBytes).map(path -> new Backing(path, format))));
    }

    /** From the header's extensions: type, length, and as many bytes, rounded up to 8. */
    private Optional<String> backingFormat(int from, long end) {
        long at = Integer.toUnsignedLong(from);
        long limit = end > 0 ? Math.min(end, header.limit()) : header.limit();
        while (at + 8 <= limit) {
            int type = header.getInt((int) at);
            long length = Integer.toUnsignedLong(header.getInt((int) at + 4));
            if (type == 0 || length > limit - at - 8) {
                return Optional.empty();
            }
            if (type == BACKING_FORMAT) {
                return Optional.of(text((int) at + 8, (int) length, header))
                        .filter(name -> name.matches("[a-z0-9]{1,16}"));
            }
            at += 8 + (length + 7) / 8 * 8;
        }
        return Optional.empty();
    }

    /** It may lie behind the bytes that were read. */
    private Optional<String> name(long at, int bytes) throws IOException {
        if (at <= 0 || at > NAME_AT_MAX || bytes <= 0 || bytes > NAME_MAX) {
            return Optional.empty();
        }
        ByteBuffer name = ByteBuffer.allocate(bytes);
        if (source.read(at, name) < bytes) {
            return Optional.empty();
        }
        return Optional.of(text(0, bytes, name));
    }

    private static String text(int at, int bytes, ByteBuffer from) {
        return UTF_8.decode(from.duplicate().limit(at + bytes).position(at)).toString();
    }

    private ImageFacts qed() throws IOException {
        ByteBuffer little = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Optional<Backing> backing = (little.getLong(16) & QED_HAS_BACKING) == 0
                ? Optional.empty()
                : name(Integer.toUnsignedLong(little.getInt(56)), little.getInt(60))
                        .map(path -> new Backing(path, "raw"));
        return new ImageFacts("qed", little.getLong(48), false, false, 0, false, false, backing);
    }

    /** A capacity of 0 says that the content is in other files, which the descriptor names. */
    private ImageFacts vmdk() {
        ByteBuffer little = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long sectors = little.getLong(12);
        long capacity = sectors < 0 || sectors > Long.MAX_VALUE / SECTOR ? -1 : sectors * SECTOR;
        Matcher parent =
                VMDK_PARENT.matcher(ISO_8859_1.decode(header.duplicate().rewind()));
        Optional<Backing> backing =
                parent.find() ? Optional.of(new Backing(parent.group(1), "vmdk")) : Optional.empty();
        return new ImageFacts("vmdk", capacity, false, false, 0, false, sectors == 0, backing);
    }

    private Optional<ImageFacts> others() throws IOException {
        if (header.getLong(0) == 0x636f6e6563746978L) { // "conectix"
            return Optional.of(ImageFacts.plain("vpc", header.getLong(40)));
        }
        ByteBuffer little = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (little.getInt(0x40) == 0xbeda107f && little.getInt(0x44) == 0x10001) {
            return Optional.of(ImageFacts.plain("vdi", little.getLong(368)));
        }
        ByteBuffer cd = ByteBuffer.allocate(5);
        if (source.read(CD_MAGIC_AT, cd) == 5 && text(0, 5, cd).equals("CD001")) {
            return Optional.of(ImageFacts.plain("iso", 0));
        }
        return Optional.empty();
    }
}
