package io.fairlead.core.domain;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.Life.Asked;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The meaning of a guest's end, and the action that its definition asks for.
 *
 * @param kind the kind of end, in the definition's words; null if the guest was destroyed, reset, or ended for a
 *     snapshot
 * @param reason why the domain is off, if it stays off
 * @param restart whether another life follows
 * @param messages for an administrator
 */
record ExitVerdict(LifecycleEvent kind, StopReason reason, boolean restart, List<String> messages) {
    private static final int SIGNALLED = 128;

    static ExitVerdict of(GuestExit exit, Asked asked, DomainDocument definition) {
        return switch (asked) {
            case DESTROY -> new ExitVerdict(null, StopReason.DESTROYED, false, List.of("destroyed"));
            case SNAPSHOT -> new ExitVerdict(null, StopReason.FROM_SNAPSHOT, false, List.of("ended for a snapshot"));
            case RESET -> new ExitVerdict(null, StopReason.DESTROYED, true, List.of("reset"));
                // After a request to reboot, any end of init counts as the reboot: not every init calls reboot(2).
            case REBOOT -> follow(LifecycleEvent.REBOOT, StopReason.SHUTDOWN, exit, definition);
            case SHUTDOWN -> exit.isReboot()
                    ? follow(LifecycleEvent.REBOOT, StopReason.SHUTDOWN, exit, definition)
                    : follow(LifecycleEvent.POWEROFF, StopReason.SHUTDOWN, exit, definition);
            case NOTHING -> unasked(exit, definition);
        };
    }

    private static ExitVerdict unasked(GuestExit exit, DomainDocument definition) {
        if (exit.isReboot()) {
            return follow(LifecycleEvent.REBOOT, StopReason.SHUTDOWN, exit, definition);
        }
        if (exit.status() == 0 || exit.isPowerOff()) {
            return follow(LifecycleEvent.POWEROFF, StopReason.SHUTDOWN, exit, definition);
        }
        StopReason reason = exit.status() < 0 ? StopReason.FAILED : StopReason.CRASHED;
        return follow(LifecycleEvent.CRASH, reason, exit, definition);
    }

    private static ExitVerdict follow(
            LifecycleEvent kind, StopReason reason, GuestExit exit, DomainDocument definition) {
        LifecycleAction action = DefinitionEdits.action(definition, kind);
        List<String> messages = new ArrayList<>(List.of(describe(exit)));
        if (exit.memoryKills() > 0) {
            messages.add("out of memory: the kernel killed %d of its processes".formatted(exit.memoryKills()));
        }
        if (!action.isExact()) {
            messages.add("on_%s: a container cannot do all of '%s'; it was done as '%s'"
                    .formatted(kind.word(), action.xmlName(), action.restarts() ? "restart" : "destroy"));
        }
        return new ExitVerdict(kind, reason, action.restarts(), List.copyOf(messages));
    }

    /** The exit in words, such as "init was killed by signal 9 (KILL)". */
    static String describe(GuestExit exit) {
        if (exit.status() < 0) {
            return "how init ended could not be learned";
        }
        if (exit.isReboot()) {
            return "init rebooted";
        }
        if (exit.isPowerOff()) {
            return "init powered off";
        }
        int signal = exit.status() - SIGNALLED;
        return signal > 0 && signal <= SignalNames.MAX
                ? "init was killed by signal %d (%s)".formatted(signal, SignalNames.of(signal))
                : "init exited with status %d".formatted(exit.status());
    }
}
