package io.fairlead.core.intent;

import io.fairlead.core.backend.GuestExit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The end of a guest's init in words, for an administrator. */
public final class ExitWords {
    private ExitWords() {}

    /** Such as "init was killed by signal 9 (KILL)". */
    public static String of(GuestExit exit) {
        if (exit.status() == GuestExit.UNKNOWN) {
            return "how init ended could not be learned";
        }
        if (exit.isReboot()) {
            return "init rebooted";
        }
        if (exit.isPowerOff()) {
            return "init powered off";
        }
        OptionalInt signal = exit.signal();
        return signal.isPresent()
                ? "init was killed by signal %d (%s)".formatted(signal.getAsInt(), SignalNames.of(signal.getAsInt()))
                : "init exited with status %d".formatted(exit.status());
    }

    /** As {@link #of}, followed by the reason if it is known to be a lack of memory. */
    static List<String> all(GuestExit exit) {
        List<String> words = new ArrayList<>(List.of(of(exit)));
        if (exit.memoryKills() > 0) {
            words.add("out of memory: the kernel killed %d of its processes".formatted(exit.memoryKills()));
        }
        return words;
    }
}
