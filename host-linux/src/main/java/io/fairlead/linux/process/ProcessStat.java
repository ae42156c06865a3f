package io.fairlead.linux.process;

import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The parts of {@code /proc/PID/stat} we use (proc_pid_stat(5)).
 *
 * @param name the command, at most 15 bytes, chosen by the process itself: it may hold spaces and parentheses
 * @param state the kernel's letter: R, S, D, T, Z, X, I
 * @param startTicks clock ticks between boot and the process's start
 * @param userTicks clock ticks spent in user mode, without children
 * @param systemTicks clock ticks spent in the kernel, without children
 */
public record ProcessStat(
        int pid,
        String name,
        char state,
        int parent,
        int group,
        int session,
        long userTicks,
        long systemTicks,
        long startTicks) {
    public static ProcessStat read(int pid) throws IOException {
        return parse(KernelFile.read(Path.of("/proc/" + pid + "/stat")));
    }

    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] rest = line.substring(close + 2).trim().split(" ");
        return new ProcessStat(
                Integer.parseInt(line.substring(0, open).trim()),
                line.substring(open + 1, close),
                rest[0].charAt(0),
                Integer.parseInt(rest[1]),
                Integer.parseInt(rest[2]),
                Integer.parseInt(rest[3]),
                Long.parseLong(rest[11]),
                Long.parseLong(rest[12]),
                Long.parseLong(rest[19]));
    }

    /** False for a zombie: it runs no more, but its parent has not asked for its status yet. */
    public boolean alive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }
}
