package io.fairlead.linux.cgroup;

import io.fairlead.linux.cgroup.CgroupUsage.DeviceIo;
import io.fairlead.linux.sys.KernelFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kernel's two forms of counts of bytes read and written. */
final class IoStatistics {
    private IoStatistics() {}

    /** Lines such as {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0}. */
    static List<DeviceIo> unified(String text) {
        List<DeviceIo> devices = new ArrayList<>();
        for (String line : KernelFile.lines(text)) {
            String[] words = line.split(" ");
            Map<String, Long> counters = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals > 0) {
                    counters.put(words[i].substring(0, equals), Long.valueOf(words[i].substring(equals + 1)));
                }
            }
            if (!counters.isEmpty()) {
                devices.add(device(words[0], counters, "rbytes", "wbytes", counters, "rios", "wios"));
            }
        }
        return devices;
    }

    /** Lines such as {@code 8:0 Read 4096}, one file for bytes and one for operations; the last line is a total. */
    static List<DeviceIo> v1(String bytes, String operations) {
        Map<String, Map<String, Long>> bytesBy = byDevice(bytes);
        Map<String, Map<String, Long>> operationsBy = byDevice(operations);
        List<DeviceIo> devices = new ArrayList<>();
        bytesBy.forEach((device, counters) -> devices.add(device(
                device, counters, "Read", "Write", operationsBy.getOrDefault(device, Map.of()), "Read", "Write")));
        return devices;
    }

    private static Map<String, Map<String, Long>> byDevice(String text) {
        Map<String, Map<String, Long>> devices = new LinkedHashMap<>();
        for (String line : KernelFile.lines(text)) {
            String[] words = line.split(" ");
            if (words.length == 3) {
                devices.computeIfAbsent(words[0], device -> new HashMap<>()).put(words[1], Long.valueOf(words[2]));
            }
        }
        return devices;
    }

    private static DeviceIo device(
            String device,
            Map<String, Long> bytes,
            String readBytes,
            String writtenBytes,
            Map<String, Long> operations,
            String reads,
            String writes) {
        return new DeviceIo(
                device,
                bytes.getOrDefault(readBytes, 0L),
                bytes.getOrDefault(writtenBytes, 0L),
                operations.getOrDefault(reads, 0L),
                operations.getOrDefault(writes, 0L));
    }
}
