package io.fairlead.linux.sys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of proc, sys and cgroup: small, without a size, written in one call. Errors carry their errno, which
 * {@code java.nio.file} hides.
 */
public final class KernelFile {
    private static final int LIMIT = 16 << 20;

    private KernelFile() {}

    public static String read(Path path) throws IOException {
        try (Fd fd = Fd.open(path, OpenFlags.O_RDONLY)) {
            return new String(fd.readAll(LIMIT), UTF_8);
        }
    }

    /** The content without white space around it. */
    public static String readTrimmed(Path path) throws IOException {
        return read(path).trim();
    }

    /** Lines that are not empty. */
    public static List<String> readLines(Path path) throws IOException {
        return lines(read(path));
    }

    public static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Writes in a single call, as kernel files need. The file must exist. */
    public static void write(Path path, String text) throws ErrnoException {
        try (Fd fd = Fd.open(path, OpenFlags.O_WRONLY)) {
            byte[] bytes = text.getBytes(UTF_8);
            long count;
            do {
                count = Libc.write(fd.number(), bytes, bytes.length);
            } while (count < 0 && Errno.last() == Errno.EINTR);
            Errno.check(count, "write", path);
        }
    }
}
