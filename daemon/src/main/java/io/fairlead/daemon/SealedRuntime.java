package io.fairlead.daemon;

import io.fairlead.linux.mount.Mounts;
import io.fairlead.linux.sys.ErrnoException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mounts the runtime's program read-only over itself, for the daemon and its children alone.
 *
 * <p>A container could write to the program that made it, through {@code /proc/PID/exe} (CVE-2019-5736). So crun and
 * runc check at each start whether their file is writable. If it is, they make a sealed copy and start again from that,
 * which takes crun 1.5 ms. On a read-only mount they continue at once. No container can change the mount, because it is
 * in none of their namespaces.
 *
 * <p>Installing a new version of the program removes the mount with the old file; the runtime then protects itself
 * again.
 */
final class SealedRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(SealedRuntime.class);
    /** Set by the launcher, {@code ./fairlead}, which makes the namespace. */
    private static final String OWN_MOUNTS = "fairlead.ownMounts";

    private SealedRuntime() {}

    /**
     * Does nothing in a mount namespace that is shared with other processes. If the mount is not allowed, starts only
     * take longer.
     *
     * @param program the runtime's program
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
