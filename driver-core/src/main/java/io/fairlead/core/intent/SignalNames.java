package io.fairlead.core.intent;

import java.util.List;

/** Linux's names of signals (asm-generic/signal.h, which x86 and arm share). */
final class SignalNames {
    static final int MAX = 64;
    private static final int REAL_TIME_MIN = 32;
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private SignalNames() {}

    static String of(int signal) {
        return signal <= NAMES.size() ? NAMES.get(signal - 1) : "RT%d".formatted(signal - REAL_TIME_MIN);
    }
}
