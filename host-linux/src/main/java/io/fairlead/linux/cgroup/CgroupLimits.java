package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The limits of a group: which file of v1 or v2 holds each, and in which units.
 *
 * <p>Values are v1's, as in definitions of containers everywhere: shares 2..262144, I/O weight 10..1000, bytes and
 * microseconds. {@link #UNLIMITED} stands for none. Setters throw {@link ErrnoException}: EOPNOTSUPP where the host has
 * no such controller or file, else the kernel's error.
 */
public final class CgroupLimits {
    public static final long UNLIMITED = -1;
    /** v1 says "unlimited" with the largest number of pages that it can count, a little below 2^63. */
    private static final long V1_UNLIMITED_FROM = Long.MAX_VALUE - (1 << 20);

    private final Cgroup group;
    private final boolean unified;

    CgroupLimits(CgroupLayout layout, Cgroup group) {
        this.group = group;
        this.unified = layout.unified();
    }

    /** More than this, and processes are killed. */
    public void memoryBytes(long bytes) throws IOException {
        write("memory", unified ? "memory.max" : "memory.limit_in_bytes", limit(bytes));
    }

    public OptionalLong memoryBytes() throws IOException {
        return readLimit("memory", unified ? "memory.max" : "memory.limit_in_bytes");
    }

    /** Above this, memory is taken from the group first when the host runs short. */
    public void memorySoftBytes(long bytes) throws IOException {
        // v2 protects memory below memory.low; an unlimited soft limit means no protection.
        write(
                "memory",
                unified ? "memory.low" : "memory.soft_limit_in_bytes",
                unified && bytes == UNLIMITED ? "0" : limit(bytes));
    }

    public OptionalLong memorySoftBytes() throws IOException {
        OptionalLong value = readLimit("memory", unified ? "memory.low" : "memory.soft_limit_in_bytes");
        return unified && value.isPresent() && value.getAsLong() == 0 ? OptionalLong.of(UNLIMITED) : value;
    }

    /**
     * Memory and swap together, as v1 counts them; v2 has a file for swap alone, so the memory limit must be set
     * before.
     */
    public void memoryAndSwapBytes(long bytes) throws IOException {
        if (!unified) {
            write("memory", "memory.memsw.limit_in_bytes", limit(bytes));
            return;
        }
        long memory = memoryBytes().orElse(UNLIMITED);
        if (bytes == UNLIMITED || memory == UNLIMITED) {
            write("memory", "memory.swap.max", limit(bytes));
        } else if (bytes < memory) {
            throw new ErrnoException(
                    Errno.EINVAL,
                    "limit swap of",
                    "%s: %d is below the memory limit %d".formatted(group, bytes, memory));
        } else {
            write("memory", "memory.swap.max", Long.toString(bytes - memory));
        }
    }

    public OptionalLong memoryAndSwapBytes() throws IOException {
        if (!unified) {
            return readLimit("memory", "memory.memsw.limit_in_bytes");
        }
        OptionalLong swap = readLimit("memory", "memory.swap.max");
        OptionalLong memory = memoryBytes();
        if (swap.isEmpty() || memory.isEmpty()) {
            return OptionalLong.empty();
        }
        return swap.getAsLong() == UNLIMITED || memory.getAsLong() == UNLIMITED
                ? OptionalLong.of(UNLIMITED)
                : OptionalLong.of(swap.getAsLong() + memory.getAsLong());
    }

    /** Weight against other groups when CPUs are scarce. */
    public void cpuShares(long shares) throws IOException {
        if (unified) {
            write("cpu", "cpu.weight", Long.toString(Weights.cpuWeight(shares)));
        } else {
            write("cpu", "cpu.shares", Long.toString(shares));
        }
    }

    public OptionalLong cpuShares() throws IOException {
        if (!unified) {
            return readLimit("cpu", "cpu.shares");
        }
        OptionalLong weight = readLimit("cpu", "cpu.weight");
        return weight.isPresent() ? OptionalLong.of(Weights.cpuShares(weight.getAsLong())) : weight;
    }

    /** @param quotaMicros CPU time in each period, 1000 or more; {@link #UNLIMITED} */
    public void cpuQuota(long quotaMicros, long periodMicros) throws IOException {
        if (unified) {
            write("cpu", "cpu.max", limit(quotaMicros) + " " + periodMicros);
        } else {
            write("cpu", "cpu.cfs_period_us", Long.toString(periodMicros));
            write("cpu", "cpu.cfs_quota_us", Long.toString(quotaMicros));
        }
    }

    public OptionalLong cpuQuotaMicros() throws IOException {
        return unified ? cpuMax(0) : readLimit("cpu", "cpu.cfs_quota_us");
    }

    public OptionalLong cpuPeriodMicros() throws IOException {
        return unified ? cpuMax(1) : readLimit("cpu", "cpu.cfs_period_us");
    }

    /** @param list such as {@code 0-3,7} */
    public void cpus(String list) throws IOException {
        write("cpuset", "cpuset.cpus", list);
    }

    /** The CPUs it may use, its parents' limits included; empty text if unknown. */
    public String cpus() throws IOException {
        return firstText("cpuset.cpus.effective", "cpuset.effective_cpus", "cpuset.cpus");
    }

    /** @param list memory nodes, such as {@code 0-1} */
    public void memoryNodes(String list) throws IOException {
        write("cpuset", "cpuset.mems", list);
    }

    public String memoryNodes() throws IOException {
        return firstText("cpuset.mems.effective", "cpuset.effective_mems", "cpuset.mems");
    }

    public void processes(long count) throws IOException {
        write("pids", "pids.max", count == UNLIMITED ? "max" : Long.toString(count)); // in v1, too
    }

    public OptionalLong processes() throws IOException {
        return readLimit("pids", "pids.max");
    }

    public BlockIoLimits blockIo() {
        return new BlockIoLimits(group, unified);
    }

    private OptionalLong cpuMax(int word) throws IOException {
        Path file = file("cpu", "cpu.max");
        if (file == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number(KernelFile.readTrimmed(file).split(" ")[word]));
    }

    private String firstText(String... names) throws IOException {
        for (String name : names) {
            Path file = file("cpuset", name);
            if (file != null) {
                String text = KernelFile.readTrimmed(file);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private OptionalLong readLimit(String controller, String name) throws IOException {
        Path file = file(controller, name);
        return file == null ? OptionalLong.empty() : OptionalLong.of(number(KernelFile.readTrimmed(file)));
    }

    private Path file(String controller, String name) {
        return group.folder(controller)
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .orElse(null);
    }

    private void write(String controller, String name, String value) throws IOException {
        Path file = file(controller, name);
        if (file == null) {
            throw new ErrnoException(Errno.EOPNOTSUPP, "set", "%s of %s".formatted(name, group));
        }
        KernelFile.write(file, value);
    }

    private String limit(long value) {
        return value != UNLIMITED ? Long.toString(value) : unified ? "max" : "-1";
    }

    private static long number(String text) {
        if (text.equals("max")) {
            return UNLIMITED;
        }
        long value = Long.parseLong(text);
        return value >= V1_UNLIMITED_FROM ? UNLIMITED : value;
    }
}
