package io.fairlead.backend.exec;

import io.fairlead.backend.bundle.UserNames;
import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.core.backend.Stdio;
import io.fairlead.linux.cgroup.Cgroup;
import io.fairlead.linux.process.ProcessId;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A running guest, as far as its processes need to know it.
 *
 * @param name of its domain, for messages
 * @param container its name for the runtime
 * @param config its config.json
 * @param group its control group
 * @param processes the folder of all processes that are started in it; need not exist
 * @param files reads its files, which it may change at any moment
 */
public record ExecGuest(
        String name,
        String container,
        Path config,
        ProcessId init,
        Cgroup group,
        Path processes,
        UserNames.Files files,
        Streams streams) {

    /** Makes the streams of a process. */
    @FunctionalInterface
    public interface Streams {
        /**
         * @param subject whose streams they are, for messages
         * @param folder of the monitor, with its socket and its log
         * @param dead whether the process has ended, although its monitor may not have
         */
        MonitoredIo of(String subject, Path folder, Stdio stdio, BooleanSupplier dead);
    }
}
