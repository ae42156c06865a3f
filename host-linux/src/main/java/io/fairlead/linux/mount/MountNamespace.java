package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;

/** Short visits of a thread to another mount namespace (setns(2)). Needs CAP_SYS_ADMIN and CAP_SYS_CHROOT. */
public final class MountNamespace {
    private static final int CLONE_FS = 0x200;
    private static final int CLONE_NEWNS = 0x20000;
    /** A return can fail for want of memory only. */
    private static final int RETURN_ATTEMPTS = 1000;

    /** An action in another mount namespace: nothing but system calls. */
    @FunctionalInterface
    public interface Errand<T> {
        T run() throws IOException;
    }

    private MountNamespace() {}

    /**
     * Runs an errand in another mount namespace, on the calling thread, and comes back. The errand's paths begin at the
     * root of that namespace. If the thread cannot come back, the process ends: any later mount of this thread would
     * appear there.
     *
     * @param home the mount namespace of this process
     * @throws IOException of the errand; EPERM without the rights
     */
    public static <T> T within(Fd namespace, Fd home, Errand<T> errand) throws IOException {
        // The kernel lets no thread enter that shares root and working directory with others.
        Errno.check(Libc.unshare(CLONE_FS), "unshare", "a thread");
        Errno.check(Libc.setns(namespace.number(), CLONE_NEWNS), "setns", namespace.name());
        try {
            return errand.run();
        } finally {
            comeBack(home);
        }
    }

    private static void comeBack(Fd home) {
        for (int attempt = 0; attempt < RETURN_ATTEMPTS; attempt++) {
            if (Libc.setns(home.number(), CLONE_NEWNS) == 0) {
                return;
            }
        }
        Runtime.getRuntime().halt(1); // containers survive the daemon
    }
}
