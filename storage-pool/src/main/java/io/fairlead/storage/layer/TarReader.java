package io.fairlead.storage.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.storage.layer.TarEntry.Extent;
import io.fairlead.storage.layer.TarEntry.Type;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tar archive from a stream: ustar, pax, and GNU's long names, large numbers and sparse files. Memory does not
 * grow with the archive. Global extended headers are passed over, as other container engines do; they hold comments.
 *
 * <p>An archive ends with a block of zeros, or with its stream between two entries.
 */
final class TarReader {
    /** For extended headers, long names and maps of sparse files: real ones take a few KiB. */
    private static final int SPECIAL_BYTES_MAX = 1 << 20;

    private final InputStream in;
    /** The rest of the present entry: data, and zeros up to the next block. */
    private long data;

    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next file; empty at the end. Data of the one before that were not read are passed over. */
    Optional<TarEntry> next() throws IOException {
        PaxRecords pax = PaxRecords.NONE;
        String longPath = null;
        String longTarget = null;
        while (true) {
            skip(data + padding);
            data = 0;
            padding = 0;
            TarHeader header = header();
            if (header == null) {
                return Optional.empty();
            }
            switch (header.type()) {
                case 'x', 'X' -> pax = PaxRecords.parse(special(header));
                case 'g' -> beginData(header.sizeBytes());
                case 'L' -> longPath = name(special(header));
                case 'K' -> longTarget = name(special(header));
                default -> {
                    String path = pax.name("path").orElse(longPath == null ? header.path() : longPath);
                    String target = pax.name("linkpath").orElse(longTarget == null ? header.linkTarget() : longTarget);
                    return Optional.of(entry(header, pax, path, target));
                }
            }
        }
    }

    /** Null at the end. */
    private TarHeader header() throws IOException {
        byte[] block = new byte[TarHeader.BYTES];
        int count = in.readNBytes(block, 0, block.length);
        if (count == 0) {
            return null;
        }
        if (count < block.length) {
            throw cutOff();
        }
        for (byte b : block) {
            if (b != 0) {
                return new TarHeader(block);
            }
        }
        return null;
    }

    /** The content of a header that is longer than a block. */
    private byte[] special(TarHeader header) throws IOException {
        long size = header.sizeBytes();
        if (size < 0 || size > SPECIAL_BYTES_MAX) {
            throw new TarException("an extended header takes %d bytes (limit: %d)".formatted(size, SPECIAL_BYTES_MAX));
        }
        beginData(size);
        byte[] content = new byte[(int) size];
        readAll(content);
        return content;
    }

    private void beginData(long bytes) throws TarException {
        if (bytes < 0) {
            throw new TarException("a size is %d (expected: at least 0)".formatted(bytes));
        }
        data = bytes;
        padding = -bytes & (TarHeader.BYTES - 1);
    }

    private static String name(byte[] content) throws TarException {
        String text = new String(content, ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private TarEntry entry(TarHeader header, PaxRecords pax, String path, String target) throws IOException {
        Type type = type(header.type(), path);
        long stored = pax.number("size").orElse(header.sizeBytes());
        boolean hasData = type == Type.FILE;
        beginData(hasData ? stored : 0); // links and folders of some programs tell a size and have no data
        Sparse sparse = hasData ? sparse(header, pax, stored) : new Sparse(0, List.of());
        boolean device = type == Type.CHARACTER_DEVICE || type == Type.BLOCK_DEVICE;
        return new TarEntry(
                type,
                pax.name("GNU.sparse.name").orElse(path),
                target,
                header.mode(),
                id("owner", pax.number("uid").orElse(header.user())),
                id("group", pax.number("gid").orElse(header.group())),
                sparse.sizeBytes(),
                sparse.data(),
                modified(header, pax),
                device ? deviceNumber(header.major(), 0xfff) : 0,
                device ? deviceNumber(header.minor(), 0xfffff) : 0,
                pax.attributes());
    }

    private static Type type(char flag, String path) throws TarException {
        return switch (flag) {
            case '\0' -> path.endsWith("/") ? Type.FOLDER : Type.FILE; // the oldest archives know no folders
            case '0', '7', 'S' -> Type.FILE;
            case '1' -> Type.HARD_LINK;
            case '2' -> Type.SYMBOLIC_LINK;
            case '3' -> Type.CHARACTER_DEVICE;
            case '4' -> Type.BLOCK_DEVICE;
            case '5' -> Type.FOLDER;
            case '6' -> Type.FIFO;
            default -> throw new TarException("an entry is of the unknown type %#x".formatted((int) flag));
        };
    }

    /** The kernel takes the highest number as "leave the owner as it is". */
    private static int id(String what, long id) throws TarException {
        if (id < 0 || id > 0xfffffffeL) {
            throw new TarException("its %s is %d (expected: 0..%d)".formatted(what, id, 0xfffffffeL));
        }
        return (int) id;
    }

    private static int deviceNumber(long number, int most) throws TarException {
        if (number < 0 || number > most) {
            throw new TarException("its device number is %d (expected: 0..%d)".formatted(number, most));
        }
        return (int) number;
    }

    /** Seconds since 1970, in pax with a fraction. */
    private static Instant modified(TarHeader header, PaxRecords pax) throws TarException {
        Optional<String> exact = pax.text("mtime");
        try {
            if (exact.isEmpty()) {
                return Instant.ofEpochSecond(header.modifiedSeconds());
            }
            if (!exact.get().matches("-?[0-9]{1,18}(\\.[0-9]*)?")) {
                throw new TarException("its time is '%s'".formatted(TarEntry.shown(exact.get())));
            }
            String[] parts = exact.get().split("\\.", 2);
            String digits = parts.length < 2 ? "" : parts[1];
            long nanos = Long.parseLong((digits + "000000000").substring(0, 9));
            return Instant.ofEpochSecond(Long.parseLong(parts[0]), parts[0].startsWith("-") ? -nanos : nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new TarException("its time is beyond all limits", e);
        }
    }

    private record Sparse(long sizeBytes, List<Extent> data) {}

    private Sparse sparse(TarHeader header, PaxRecords pax, long stored) throws IOException {
        if (header.type() == 'S') {
            return checked(header.sparseSizeBytes(), oldMap(header), stored);
        }
        if (pax.text("GNU.sparse.major").isPresent()) {
            if (!pax.text("GNU.sparse.major").get().equals("1")
                    || !pax.text("GNU.sparse.minor").orElse("").equals("0")) {
                throw new TarException("a sparse file is of an unknown version");
            }
            long before = data;
            List<Extent> map = leadingMap();
            return checked(pax.number("GNU.sparse.realsize").orElse(stored), map, stored - (before - data));
        }
        if (!pax.extents().isEmpty()) { // version 0.0 or 0.1
            return checked(pax.number("GNU.sparse.size").orElse(stored), map(pax.extents()), stored);
        }
        return new Sparse(stored, stored == 0 ? List.of() : List.of(new Extent(0, stored)));
    }

    /** GNU's own form: in the header, and in blocks behind it. */
    private List<Extent> oldMap(TarHeader header) throws IOException {
        List<Extent> map = new ArrayList<>();
        addOld(map, header.block(), TarHeader.EXTENTS_AT, TarHeader.EXTENTS);
        boolean more = header.hasMoreExtents();
        while (more) {
            byte[] block = new byte[TarHeader.BYTES];
            if (in.readNBytes(block, 0, block.length) < block.length) {
                throw cutOff();
            }
            addOld(map, block, 0, 21);
            more = block[504] != 0;
        }
        return map;
    }

    private static void addOld(List<Extent> map, byte[] block, int at, int count) throws TarException {
        for (int i = 0; i < count; i++) {
            long offset = TarHeader.number(block, at + i * 24, 12, "map");
            long bytes = TarHeader.number(block, at + i * 24 + 12, 12, "map");
            if (block[at + i * 24] != 0) { // unused ones are NULs
                add(map, offset, bytes);
            }
        }
    }

    private static void add(List<Extent> map, long at, long bytes) throws TarException {
        if (map.size() >= SPECIAL_BYTES_MAX / 16) {
            throw new TarException("a sparse file has more than %d parts".formatted(map.size()));
        }
        map.add(new Extent(at, bytes));
    }

    /** Version 1.0: a count and numbers in lines, at the beginning of the data, filled up to a block. */
    private List<Extent> leadingMap() throws IOException {
        long before = data;
        long count = line();
        List<Extent> map = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            add(map, line(), line());
        }
        long used = before - data;
        long rest = Math.min(data, -used & (TarHeader.BYTES - 1));
        skip(rest);
        data -= rest;
        return map;
    }

    private long line() throws IOException {
        StringBuilder digits = new StringBuilder();
        byte[] one = new byte[1];
        while (read(one, 1) == 1 && one[0] != '\n') {
            digits.append((char) one[0]);
            if (digits.length() > 20) {
                throw new TarException("the map of a sparse file is damaged");
            }
        }
        return PaxRecords.number("the map of a sparse file", digits.toString());
    }

    private static List<Extent> map(List<String> numbers) throws TarException {
        List<Extent> map = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            add(
                    map,
                    PaxRecords.number("GNU.sparse.map", numbers.get(i)),
                    PaxRecords.number("GNU.sparse.map", numbers.get(i + 1)));
        }
        return map;
    }

    /** In order, without overlaps, within the file, and all of the data. */
    private static Sparse checked(long sizeBytes, List<Extent> map, long stored) throws TarException {
        long end = 0;
        long bytes = 0;
        for (Extent extent : map) {
            if (extent.bytes() < 0 || extent.at() < end || extent.bytes() > sizeBytes - extent.at()) {
                throw new TarException("the map of a sparse file does not fit the file");
            }
            end = extent.at() + extent.bytes();
            bytes += extent.bytes();
        }
        if (bytes != stored) {
            throw new TarException("a sparse file has %d bytes (expected: %d)".formatted(stored, bytes));
        }
        return new Sparse(
                sizeBytes, map.stream().filter(extent -> extent.bytes() > 0).toList());
    }

    /** Reads data of the present entry, as much as there is and wanted; 0 at their end. */
    int read(byte[] buffer, int most) throws IOException {
        int wanted = (int) Math.min(most, data);
        int count = in.readNBytes(buffer, 0, wanted);
        if (count < wanted) {
            throw cutOff();
        }
        data -= count;
        return count;
    }

    private void readAll(byte[] content) throws IOException {
        read(content, content.length);
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw cutOff();
        }
    }

    private static TarException cutOff() {
        return new TarException("the archive is cut off");
    }
}
