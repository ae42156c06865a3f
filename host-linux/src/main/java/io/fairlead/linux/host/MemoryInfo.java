package io.fairlead.linux.host;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How the machine's memory, or that of one of its nodes, is used, in bytes.
 *
 * @param available memory that programs could get without swapping; for a single node, the same as free
 * @param buffers 0 for a single node, which does not count them
 */
public record MemoryInfo(
        long total, long free, long available, long buffers, long cached, long swapTotal, long swapFree) {
    public static MemoryInfo read() throws IOException {
        return parse(KernelFile.read(Path.of("/proc/meminfo")));
    }

    /** Of one NUMA node. @throws io.fairlead.linux.sys.ErrnoException ENOENT if there is no such node */
    public static MemoryInfo ofNode(int node) throws IOException {
        return parse(KernelFile.read(Path.of("/sys/devices/system/node/node" + node + "/meminfo")));
    }

    /** Lines such as {@code MemTotal: 16 kB}, behind {@code Node 0} in the files of nodes. */
    static MemoryInfo parse(String text) {
        Map<String, Long> bytes = new HashMap<>();
        for (String line : KernelFile.lines(text)) {
            String[] words = line.replaceFirst("^Node \\d+ ", "").trim().split("[:\\s]+");
            if (words.length >= 2) {
                long unit = words.length > 2 && words[2].equals("kB") ? 1024 : 1;
                bytes.put(words[0], Long.parseLong(words[1]) * unit);
            }
        }
        long free = bytes.getOrDefault("MemFree", 0L);
        return new MemoryInfo(
                bytes.getOrDefault("MemTotal", 0L),
                free,
                bytes.getOrDefault("MemAvailable", free),
                bytes.getOrDefault("Buffers", 0L),
                bytes.getOrDefault("Cached", bytes.getOrDefault("FilePages", 0L)),
                bytes.getOrDefault("SwapTotal", 0L),
                bytes.getOrDefault("SwapFree", 0L));
    }
}
