package io.fairlead.backend.launch;

import io.fairlead.core.backend.ShutdownWay;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;

/** Asks a guest's init to end, in the way that this init understands (docs/decisions/0003). */
final class InitControl {
    private final ProcessId init;
    private final Cgroup group;

    /** @param group the guest's own control group */
    InitControl(ProcessId init, Cgroup group) {
        this.init = init;
        this.group = group;
    }

    void shutdown(ShutdownWay way, String name) throws IOException {
        request(way, "shut down", name, InitPipe.POWER_OFF, false);
    }

    void reboot(ShutdownWay way, String name) throws IOException {
        request(way, "reboot", name, InitPipe.REBOOT, true);
    }

    private void request(ShutdownWay way, String act, String name, int runlevel, boolean reboot) throws IOException {
        if (way != ShutdownWay.SIGNAL && new InitPipe(init, group).send(runlevel)) {
            return;
        }
        if (way == ShutdownWay.INITCTL) {
            throw new EngineException(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    "cannot %s domain %s through initctl: its init reads no /dev/initctl or /run/initctl"
                            .formatted(act, name));
        }
        InitKind kind = InitKind.of(init.pid());
        int signal = reboot ? kind.rebootSignal() : kind.shutdownSignal();
        if (signal == 0) {
            throw new EngineException(
                    ErrorCode.OPERATION_FAILED,
                    "cannot %s domain %s: its init takes none of the signals TERM, PWR and INT for a wish to end, as a shell with a"
                                    .formatted(act, name)
                            + " terminal does not, and the kernel keeps from the first process of a container what it does not"
                            + " handle; end it at its console, or destroy it");
        }
        try (Pidfd process = Pidfd.open(init)) {
            process.signal(signal);
        }
    }
}
