package io.fairlead.backend.launch;

import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kind of init that a guest runs, and the meaning of its signals.
 *
 * @param shutdownSignal asks it to power off; 0 if no signal does
 * @param rebootSignal asks it to reboot, or only to end if it cannot reboot: the engine then starts it again
 */
record InitKind(int shutdownSignal, int rebootSignal) {
    private static final int SIGINT = 2;
    private static final int SIGUSR2 = 12;
    private static final int SIGTERM = 15;
    private static final int SIGPWR = 30;
    // glibc keeps 32 and 33 for itself; systemd counts from there.
    private static final int SIGRTMIN = 34;
    // systemd(1): halt is +3, power-off +4, reboot +5; +3 and +4 both end the container, +4 with the status that means
    // power-off.
    private static final int SYSTEMD_POWER_OFF = SIGRTMIN + 4;
    private static final int SYSTEMD_REBOOT = SIGRTMIN + 5;

    /**
     * The columns of /proc/PID/status: signals with a handler, blocked signals (for sigwait(3), for instance), and
     * ignored ones.
     */
    private record Signals(long caught, long blocked, long ignored) {
        /**
         * Whether a signal reaches this first process. The kernel drops a signal that the process neither handles nor
         * blocks.
         */
        boolean arrives(int signal) {
            return has(caught | blocked, signal);
        }

        boolean ignores(int signal) {
            return has(ignored, signal);
        }

        private static boolean has(long set, int signal) {
            return (set & 1L << signal - 1) != 0;
        }
    }

    /** @param pid the host's pid of a running init */
    static InitKind of(int pid) throws IOException {
        String name = ProcessStat.read(pid).name();
        if (name.equals("systemd") || program(pid).equals("systemd")) {
            return new InitKind(SYSTEMD_POWER_OFF, SYSTEMD_REBOOT);
        }
        if (program(pid).equals("busybox") && name.matches("init|linuxrc|busybox") && runsInit(pid)) {
            return new InitKind(SIGUSR2, SIGTERM);
        }
        int any = asksToEnd(signals(pid));
        return new InitKind(any, any);
    }

    private static int asksToEnd(Signals signals) {
        if (signals.arrives(SIGTERM)) {
            return SIGTERM;
        }
        if (signals.arrives(SIGPWR)) {
            return SIGPWR;
        }
        // A shell on a terminal ignores TERM, and only drops the current line on INT.
        return signals.arrives(SIGINT) && !signals.ignores(SIGTERM) ? SIGINT : 0;
    }

    private static Signals signals(int pid) throws IOException {
        Map<String, Long> sets = new HashMap<>();
        for (String line : KernelFile.readLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("Sig") && !line.startsWith("SigQ")) {
                int colon = line.indexOf(':');
                sets.put(
                        line.substring(0, colon),
                        Long.parseUnsignedLong(line.substring(colon + 1).trim(), 16));
            }
        }
        if (!sets.keySet().containsAll(List.of("SigCgt", "SigBlk", "SigIgn"))) {
            throw new IOException("/proc/%d/status does not tell signals".formatted(pid));
        }
        return new Signals(sets.get("SigCgt"), sets.get("SigBlk"), sets.get("SigIgn"));
    }

    private static String program(int pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe"))
                .getFileName()
                .toString();
    }

    // busybox is also a shell and other programs. As init it is called by that name, or with it as the first argument.
    private static boolean runsInit(int pid) throws IOException {
        String[] arguments =
                KernelFile.read(Path.of("/proc/" + pid + "/cmdline")).split("\0");
        return isInit(arguments[0]) || arguments.length > 1 && arguments[0].endsWith("busybox") && isInit(arguments[1]);
    }

    private static boolean isInit(String argument) {
        String name = argument.substring(argument.lastIndexOf('/') + 1);
        return name.equals("init") || name.equals("linuxrc");
    }
}
