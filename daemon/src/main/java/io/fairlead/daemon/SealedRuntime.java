package io.fairlead.daemon;

import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mounts the runtime's program read-only over itself, for the daemon and its children alone.
 *
 * <p>A container could write to the program that made it, through {@code /proc/PID/exe} (CVE-2019-5736). So crun and runc, at
 * each start, look whether their file can be written, and if so make a copy that cannot, and start again from that: 1.5 ms
 * of crun. From a read-only mount they go on at once. The mount belongs to no namespace a container could change it in.
 *
 * <p>A new version of the program takes the mount away with the old file; the runtime then protects itself again.
 */
final class SealedRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(SealedRuntime.class);
    /** Set by the launcher, {@code ./fairlead}, which makes the namespace. */
    private static final String OWN_MOUNTS = "fairlead.ownMounts";

    private SealedRuntime() {}

    /**
     * Does nothing in a mount namespace that others see, too. If it is not allowed, starts only take longer.
     *
     * @param program the runtime's
     */
    static void seal(Path program) {
        if (!Boolean.getBoolean(OWN_MOUNTS)) {
            return;
        }
        try {
            Mounts.bind(program, program, false, true);
        } catch (ErrnoException e) {
            LOG.info("{} cannot be mounted read-only; starts take a little longer: {}", program, e.getMessage());
        }
    }
}
