package io.fairlead.linux.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The arguments that a running process shows to others, which lie in its own memory. */
public final class CommandLine {
    private static final int LIMIT = 2 << 20;
    // proc_pid_stat(5): field 48; counted behind the name, whose brackets may hold blanks, from field 3 on
    private static final int ARGUMENTS_BEGIN = 48 - 3;

    private CommandLine() {}

    /**
     * Writes over one argument. The process must not use it any more. Needs the right to trace it.
     *
     * @param present the present text; the first equal argument is meant
     * @param fresh the new text; as many bytes
     * @throws IOException if there is no such argument, or the kernel keeps us from it
     */
    public static void replace(int pid, String present, String fresh) throws IOException {
        byte[] content = fresh.getBytes(UTF_8);
        byte[] wanted = present.getBytes(UTF_8);
        if (content.length != wanted.length) {
            throw new IllegalArgumentException(
                    "fresh: %d bytes (expected: %d)".formatted(content.length, wanted.length));
        }
        long begin = begin(pid);
        int at = find(read(pid), wanted);
        if (at < 0) {
            throw new IOException("process %d has no such argument".formatted(pid));
        }
        Path memory = Path.of("/proc/" + pid + "/mem");
        try (FileChannel channel = FileChannel.open(memory, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), begin + at);
        }
    }

    private static byte[] read(int pid) throws IOException {
        try (Fd file = Fd.open(Path.of("/proc/" + pid + "/cmdline"), OpenFlags.O_RDONLY)) {
            return file.readAll(LIMIT);
        }
    }

    private static long begin(int pid) throws IOException {
        String line = KernelFile.read(Path.of("/proc/" + pid + "/stat"));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
        return Long.parseLong(fields[ARGUMENTS_BEGIN]);
    }

    private static int find(byte[] arguments, byte[] wanted) {
        int from = 0;
        for (int at = 0; at < arguments.length; at++) {
            if (arguments[at] == 0) {
                if (Arrays.equals(arguments, from, at, wanted, 0, wanted.length)) {
                    return from;
                }
                from = at + 1;
            }
        }
        return -1;
    }
}
