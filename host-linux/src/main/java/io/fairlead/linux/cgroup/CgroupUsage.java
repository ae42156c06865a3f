package io.fairlead.linux.cgroup;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The resources that a group has used. Empty where the host does not count them or the group is gone. Reads the kernel,
 * never a disk.
 */
public final class CgroupUsage {
    /** @param device {@code major:minor} */
    public record DeviceIo(String device, long readBytes, long writtenBytes, long reads, long writes) {}

    private final Cgroup group;
    private final boolean unified;

    CgroupUsage(CgroupLayout layout, Cgroup group) {
        this.group = group;
        this.unified = layout.unified();
    }

    /** CPU time of all its processes so far. */
    public OptionalLong cpuNanos() throws IOException {
        if (unified) {
            return micros("usage_usec");
        }
        return number("cpuacct", "cpuacct.usage");
    }

    public OptionalLong cpuUserNanos() throws IOException {
        return unified ? micros("user_usec") : number("cpuacct", "cpuacct.usage_user");
    }

    public OptionalLong cpuSystemNanos() throws IOException {
        return unified ? micros("system_usec") : number("cpuacct", "cpuacct.usage_sys");
    }

    /** CPU time by CPU number; empty on v2, which does not keep it. */
    public List<Long> perCpuNanos() throws IOException {
        List<Long> nanos = new ArrayList<>();
        for (String word :
                text("cpuacct", "cpuacct.usage_percpu").orElse("").trim().split(" ")) {
            if (!word.isEmpty()) {
                nanos.add(Long.valueOf(word));
            }
        }
        return nanos;
    }

    /** Resident memory and page cache charged to it. */
    public OptionalLong memoryBytes() throws IOException {
        return number("memory", unified ? "memory.current" : "memory.usage_in_bytes");
    }

    /** How many of its processes the kernel has killed because memory ran out. */
    public OptionalLong memoryKills() throws IOException {
        String events =
                text("memory", unified ? "memory.events" : "memory.oom_control").orElse("");
        Long kills = pairs(events).get("oom_kill");
        return kills == null ? OptionalLong.empty() : OptionalLong.of(kills);
    }

    /** Swap in use. */
    public OptionalLong swapBytes() throws IOException {
        if (unified) {
            return number("memory", "memory.swap.current");
        }
        OptionalLong both = number("memory", "memory.memsw.usage_in_bytes");
        OptionalLong memory = memoryBytes();
        return both.isPresent() && memory.isPresent()
                ? OptionalLong.of(Math.max(0, both.getAsLong() - memory.getAsLong()))
                : OptionalLong.empty();
    }

    /**
     * The kernel's counters by its names, such as {@code cache}/{@code file}, {@code rss}/{@code anon}: they differ by
     * version.
     */
    public Map<String, Long> memoryStatistics() throws IOException {
        return pairs(text("memory", "memory.stat").orElse(""));
    }

    public OptionalLong processCount() throws IOException {
        return number("pids", "pids.current");
    }

    /** By device, in the kernel's order. */
    public List<DeviceIo> io() throws IOException {
        if (unified) {
            return IoStatistics.unified(text("io", "io.stat").orElse(""));
        }
        return IoStatistics.v1(
                firstOf("blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes"),
                firstOf("blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced"));
    }

    private String firstOf(String preferred, String other) throws IOException {
        Optional<String> text = text("blkio", preferred);
        return text.isPresent() ? text.get() : text("blkio", other).orElse("");
    }

    private OptionalLong micros(String key) throws IOException {
        Long value = pairs(text("cpu", "cpu.stat").orElse("")).get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value * 1000);
    }

    private OptionalLong number(String controller, String file) throws IOException {
        Optional<String> text = text(controller, file);
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get().trim())) : OptionalLong.empty();
    }

    private Optional<String> text(String controller, String file) throws IOException {
        Optional<Path> folder = group.folder(controller);
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(KernelFile.read(folder.get().resolve(file)));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV || e.errno() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, Long> pairs(String text) {
        Map<String, Long> pairs = new HashMap<>();
        for (String line : KernelFile.lines(text)) {
            int space = line.indexOf(' ');
            pairs.put(
                    line.substring(0, space),
                    Long.parseLong(line.substring(space + 1).trim()));
        }
        return pairs;
    }
}
