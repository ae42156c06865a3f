package io.fairlead.core.life;

import io.fairlead.core.backend.GuestExit;
import io.fairlead.core.domain.DefinitionEdits;
import io.fairlead.core.intent.Ask;
import io.fairlead.core.intent.Intent;
import io.fairlead.core.intent.LastEnd;
import io.fairlead.core.intent.RestartPolicy;
import io.fairlead.core.intent.StopReason;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.LifecycleAction;
import io.fairlead.xml.domain.model.LifecycleEvent;
import java.util.List;

/**
 * The meaning of a guest's end, and whether another guest follows. The one place that decides this, from the request
 * that the guest had got, its restart policy, and its definition's actions.
 *
 * @param kind the kind of end, in the definition's words; null if the guest was destroyed, reset, or ended for a
 *     snapshot
 * @param restart whether another life follows
 * @param end how it ended; its reason counts only if the domain stays off
 */
public record ExitVerdict(LifecycleEvent kind, boolean restart, LastEnd end) {
    public static ExitVerdict of(GuestExit exit, Intent intent, DomainDocument definition) {
        return switch (intent.pending()) {
            case DESTROY -> killed(exit, StopReason.DESTROYED, false, "destroyed");
            case HALT, REVERT -> killed(exit, StopReason.FROM_SNAPSHOT, false, "ended for a snapshot");
            case RESET -> killed(exit, StopReason.DESTROYED, true, "reset");
                // After a request to reboot, any end of init counts as the reboot: not every init calls reboot(2).
            case REBOOT -> ended(LifecycleEvent.REBOOT, StopReason.SHUTDOWN, exit, intent, definition);
            case SHUTDOWN -> ended(
                    exit.isReboot() ? LifecycleEvent.REBOOT : LifecycleEvent.POWEROFF,
                    StopReason.SHUTDOWN,
                    exit,
                    intent,
                    definition);
            case NOTHING, START, AUTOSTART -> unasked(exit, intent, definition);
        };
    }

    private static ExitVerdict killed(GuestExit exit, StopReason reason, boolean restart, String note) {
        return new ExitVerdict(null, restart, LastEnd.of(reason, exit, List.of(note)));
    }

    private static ExitVerdict unasked(GuestExit exit, Intent intent, DomainDocument definition) {
        if (exit.isReboot()) {
            return ended(LifecycleEvent.REBOOT, StopReason.SHUTDOWN, exit, intent, definition);
        }
        if (exit.status() == 0 || exit.isPowerOff()) {
            return ended(LifecycleEvent.POWEROFF, StopReason.SHUTDOWN, exit, intent, definition);
        }
        StopReason reason = exit.status() == GuestExit.UNKNOWN ? StopReason.FAILED : StopReason.CRASHED;
        return ended(LifecycleEvent.CRASH, reason, exit, intent, definition);
    }

    private static ExitVerdict ended(
            LifecycleEvent kind, StopReason reason, GuestExit exit, Intent intent, DomainDocument definition) {
        LifecycleAction action = DefinitionEdits.action(definition, kind);
        RestartPolicy policy = intent.policy();
        boolean defined = policy instanceof RestartPolicy.AsDefined;
        boolean restart;
        if (defined || intent.pending() == Ask.NOTHING) {
            restart = policy.restartsAfter(
                    action.restarts(), exit.failed(), intent.restarts().total());
        } else {
            restart = intent.pending() == Ask.REBOOT;
        }
        List<String> notes = defined && !action.isExact()
                ? List.of("on_%s: a container cannot do all of '%s'; it was done as '%s'"
                        .formatted(kind.word(), action.xmlName(), action.restarts() ? "restart" : "destroy"))
                : List.of();
        return new ExitVerdict(kind, restart, LastEnd.of(reason, exit, notes));
    }
}
