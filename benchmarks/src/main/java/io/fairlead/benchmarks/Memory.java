package io.fairlead.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes, as the kernel counts it. */
final class Memory {
    private static final double KIB_PER_MIB = 1024;

    private Memory() {}

    /** Resident set in MiB. */
    static double residentMib(long pid) throws IOException {
        return kib(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:") / KIB_PER_MIB;
    }

    /**
     * Proportional set size in KiB of all processes with that program and the word in their command line, divided by a
     * count.
     */
    static double shareKibEach(String program, String word, int count) throws IOException {
        double total = 0;
        for (ProcessHandle process : (Iterable<ProcessHandle>) ProcessHandle.allProcesses()::iterator) {
            boolean ours = process.info().command().orElse("").endsWith("/" + program)
                    && process.info().commandLine().orElse("").contains(word);
            if (ours) {
                total += kib(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"), "Pss:");
            }
        }
        return total / count;
    }

    private static double kib(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + key + " in " + file));
    }
}
