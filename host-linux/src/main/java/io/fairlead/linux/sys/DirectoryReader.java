package io.fairlead.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A folder's entries with their types, without a stat of each, and with names as the bytes they are. */
public final class DirectoryReader {
    /** @param name with a NUL at its end, ready for {@link Libc} */
    public record Entry(byte[] name, Kind kind) {
        public String text() {
            return CString.read(name, 0, name.length);
        }
    }

    /** UNKNOWN from file systems that do not tell. */
    public enum Kind {
        DIRECTORY,
        OTHER,
        UNKNOWN
    }

    private static final int BUFFER_BYTES = 32 << 10;
    // struct linux_dirent64: inode 8, offset 8, length 2, type 1, name
    private static final int LENGTH_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;

    private DirectoryReader() {}

    public static List<Entry> read(Path folder) throws ErrnoException {
        try (Fd fd = Fd.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
            return read(fd);
        }
    }

    /** From where the descriptor stands to the end; without {@code .} and {@code ..}. */
    public static List<Entry> read(Fd folder) throws ErrnoException {
        List<Entry> entries = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());
        while (true) {
            long filled = Libc.getdents64(folder.number(), buffer.array(), BUFFER_BYTES);
            Errno.check(filled, "getdents64", folder.name());
            if (filled == 0) {
                return entries;
            }
            for (int at = 0; at < filled; at += buffer.getShort(at + LENGTH_AT)) {
                byte[] name = name(buffer.array(), at + NAME_AT);
                if (!isDots(name)) {
                    entries.add(new Entry(name, kind(buffer.get(at + TYPE_AT))));
                }
            }
        }
    }

    private static byte[] name(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end + 1);
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 2 || name.length == 3 && name[1] == '.');
    }

    private static Kind kind(byte type) {
        return switch (type) {
            case 0 -> Kind.UNKNOWN;
            case 4 -> Kind.DIRECTORY;
            default -> Kind.OTHER;
        };
    }
}
