package io.fairlead.linux.host;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a CPU's time went since boot, in nanoseconds.
 *
 * @param user with nice
 * @param kernel with interrupts
 */
public record CpuTimes(long user, long kernel, long idle, long ioWait) {
    /** /proc counts in hundredths of a second on every architecture that matters (USER_HZ). */
    private static final long TICK_NANOS = 10_000_000;

    /** @param all the sum over CPUs; @param byCpu CPUs that are online */
    public record Snapshot(CpuTimes all, SortedMap<Integer, CpuTimes> byCpu) {}

    public static Snapshot read() throws IOException {
        return parse(KernelFile.read(Path.of("/proc/stat")));
    }

    static Snapshot parse(String stat) {
        CpuTimes all = null;
        SortedMap<Integer, CpuTimes> byCpu = new TreeMap<>();
        for (String line : KernelFile.lines(stat)) {
            if (!line.startsWith("cpu")) {
                continue;
            }
            String[] words = line.split("\\s+");
            OptionalInt cpu = words[0].length() > 3
                    ? OptionalInt.of(Integer.parseInt(words[0].substring(3)))
                    : OptionalInt.empty();
            if (cpu.isPresent()) {
                byCpu.put(cpu.getAsInt(), of(words));
            } else {
                all = of(words);
            }
        }
        return new Snapshot(all, byCpu);
    }

    /** name, user, nice, system, idle, iowait, irq, softirq (proc_stat(5)); guest time is within user. */
    private static CpuTimes of(String[] words) {
        long[] n = new long[8];
        for (int i = 1; i < n.length && i < words.length; i++) {
            n[i] = Long.parseLong(words[i]) * TICK_NANOS;
        }
        return new CpuTimes(n[1] + n[2], n[3] + n[6] + n[7], n[4], n[5]);
    }
}
