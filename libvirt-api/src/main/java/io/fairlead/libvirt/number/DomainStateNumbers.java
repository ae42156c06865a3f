package io.fairlead.libvirt.number;

import io.fairlead.core.domain.DomainState;
import io.fairlead.core.domain.DomainState.RunningReason;
import io.fairlead.core.intent.StopReason;

/** libvirt's numbers of a domain's states and their reasons (include/libvirt/libvirt-domain.h). */
public final class DomainStateNumbers {
    private static final int NO_STATE = 0;
    public static final int RUNNING = 1;
    public static final int PAUSED = 3;
    public static final int SHUT_OFF = 5;

    private static final int PAUSED_BY_CLIENT = 1;
    private static final int PAUSED_STARTING_UP = 11;

    private DomainStateNumbers() {}

    /** virDomainState. A domain that is starting is shown as libvirt shows it: paused. */
    public static int state(DomainState state) {
        if (state instanceof DomainState.Running) {
            return RUNNING;
        }
        if (state instanceof DomainState.ShutOff) {
            return SHUT_OFF;
        }
        return state instanceof DomainState.Unknown ? NO_STATE : PAUSED;
    }

    /** virDomainRunningReason, virDomainPausedReason or virDomainShutoffReason, by the state. */
    public static int reason(DomainState state) {
        if (state instanceof DomainState.Running running) {
            return of(running.reason());
        }
        if (state instanceof DomainState.ShutOff off) {
            return of(off.reason());
        }
        if (state instanceof DomainState.Starting) {
            return PAUSED_STARTING_UP;
        }
        return state instanceof DomainState.Paused ? PAUSED_BY_CLIENT : 0;
    }

    private static int of(RunningReason reason) {
        return switch (reason) {
            case BOOTED -> 1;
            case FROM_SNAPSHOT -> 4;
            case UNPAUSED -> 5;
        };
    }

    private static int of(StopReason reason) {
        return switch (reason) {
            case UNKNOWN -> 0;
            case SHUTDOWN -> 1;
            case DESTROYED -> 2;
            case CRASHED -> 3;
            case FAILED -> 6;
            case FROM_SNAPSHOT -> 7;
        };
    }
}
