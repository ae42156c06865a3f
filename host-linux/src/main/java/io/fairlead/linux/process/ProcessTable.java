package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Questions to the kernel about its processes (/proc). */
public final class ProcessTable {
    private ProcessTable() {}

    /** Changes with every boot of the host; ticks and pids mean nothing across it. */
    public static String bootId() throws IOException {
        return KernelFile.readTrimmed(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    /** Every pid there is, in no order. */
    public static List<Integer> all() throws IOException {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path entry : entries) {
                pids.add(Integer.valueOf(entry.getFileName().toString()));
            }
        }
        return pids;
    }

    /**
     * A process's pid in each pid namespace it is in, ours first, its own last.
     *
     * @throws ErrnoException ENOENT or ESRCH if it has ended
     */
    public static int[] namespacePids(int pid) throws IOException {
        for (String line : KernelFile.readLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("NSpid:")) {
                return Arrays.stream(line.substring("NSpid:".length()).trim().split("\\s+"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
            }
        }
        throw new IOException("/proc/%d/status has no NSpid line: kernel older than 4.1".formatted(pid));
    }

    /**
     * Finds a process by the pid it has in another process's pid namespace.
     *
     * @param member a process whose own (innermost) pid namespace is meant
     * @param innerPid the pid there
     * @param candidates host pids to look among, such as those of a cgroup; some may have ended
     * @return its pid here, or empty if it is none of the candidates
     */
    public static OptionalInt translate(int member, long innerPid, Collection<Integer> candidates) throws IOException {
        int level = namespacePids(member).length - 1;
        for (int candidate : candidates) {
            try {
                int[] pids = namespacePids(candidate);
                if (pids.length > level && pids[level] == innerPid) {
                    return OptionalInt.of(candidate);
                }
            } catch (ErrnoException e) {
                if (!gone(e)) {
                    throw e;
                }
            }
        }
        return OptionalInt.empty();
    }

    /**
     * A process of a pid namespace.
     *
     * @param inside its pid there
     * @param outside its pid here
     * @param command its name, at most 15 bytes, which the process may change
     */
    public record Named(int inside, int outside, String command) {}

    /**
     * Those of the candidates that are in another process's pid namespace, with their names. Reads nothing that a
     * process could delay.
     *
     * @param member a process whose own (innermost) pid namespace is meant
     * @param candidates pids here; some may have ended
     */
    public static List<Named> named(int member, Collection<Integer> candidates) throws IOException {
        int level = namespacePids(member).length - 1;
        List<Named> found = new ArrayList<>();
        for (int candidate : candidates) {
            try {
                int[] pids = namespacePids(candidate);
                if (pids.length > level) {
                    String name = KernelFile.read(Path.of("/proc/" + candidate + "/comm"));
                    found.add(new Named(pids[level], candidate, name.stripTrailing()));
                }
            } catch (ErrnoException e) {
                if (!gone(e)) {
                    throw e;
                }
            }
        }
        return found;
    }

    /** Whether the error means that the process has ended. */
    static boolean gone(ErrnoException e) {
        return e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH;
    }
}
