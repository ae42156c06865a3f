package io.fairlead.linux.host;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Facts that do not change while the machine is up, read once.
 *
 * @param architecture as uname -m says, such as {@code x86_64}
 * @param kernelRelease such as {@code 6.1.0-18-amd64}
 * @param cpuModel such as {@code Intel(R) Xeon(R)}; empty if the kernel does not tell
 * @param cpuMhz at the time it was read; 0 if the kernel does not tell
 * @param cpuFlags such as {@code sse2}
 */
public record Machine(
        String architecture,
        String kernelRelease,
        String cpuVendor,
        String cpuModel,
        int cpuMhz,
        List<String> cpuFlags,
        CpuTopology topology,
        long memoryBytes) {
    private static volatile Machine current;

    /** Of this machine. */
    public static Machine current() throws IOException {
        Machine known = current;
        if (known == null) {
            CpuTopology topology = CpuTopology.read();
            known = of(
                    KernelFile.read(Path.of("/proc/cpuinfo")),
                    topology,
                    MemoryInfo.read().total());
            current = known;
        }
        return known;
    }

    static Machine of(String cpuInfo, CpuTopology topology, long memoryBytes) throws IOException {
        return new Machine(
                machineName(),
                runningKernel(),
                field(cpuInfo, "vendor_id", "CPU implementer"),
                field(cpuInfo, "model name", "Processor"),
                (int) Math.round(Double.parseDouble("0" + field(cpuInfo, "cpu MHz", "clock"))),
                List.of(field(cpuInfo, "flags", "Features").split(" ")),
                topology,
                memoryBytes);
    }

    /** The name now; an administrator may change it at any time. */
    public static String hostName() throws IOException {
        return KernelFile.readTrimmed(Path.of("/proc/sys/kernel/hostname"));
    }

    public static String runningKernel() throws IOException {
        return KernelFile.readTrimmed(Path.of("/proc/sys/kernel/osrelease"));
    }

    /** The JVM has its own names for two of them. */
    private static String machineName() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    private static String field(String cpuInfo, String... names) {
        for (String name : names) {
            for (String line : KernelFile.lines(cpuInfo)) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).trim().equals(name)) {
                    return line.substring(colon + 1).trim();
                }
            }
        }
        return "";
    }
}
