package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fairlead.core.backend.Adopted;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.process.ProcessId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The daemon that starts after one was killed. */
final class NextDaemon {
    private static final int LOOKS = 250;
    private static final int LOOK_MILLIS = 20;

    private NextDaemon() {}

    /** The guests that it finds. It has ended when this returns. */
    static List<Adopted> adopts(BackendConfig config) throws IOException {
        List<Adopted> found = Collections.synchronizedList(new ArrayList<>());
        try (GuestSupervisor next = new GuestSupervisor(config, HostMounts.ours())) {
            next.adopt(uuid -> Optional.empty(), found::add);
        }
        return found;
    }

    /** Soon: the kernel tells a runtime that its parent has died. */
    static void assertDead(List<ProcessId> processes) throws InterruptedException {
        for (ProcessId process : processes) {
            for (int i = 0; process.isAlive() && i < LOOKS; i++) {
                Thread.sleep(LOOK_MILLIS);
            }
            assertFalse(process.isAlive(), process + " lives");
        }
    }
}
