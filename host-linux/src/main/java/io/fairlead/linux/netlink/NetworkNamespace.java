package io.fairlead.linux.netlink;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;

/** Short visits of a thread to another network namespace (setns(2)). Needs CAP_SYS_ADMIN in both. */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/ns/net");
    /** A return can fail for want of memory only. */
    private static final int RETURN_ATTEMPTS = 1000;

    /** An action in another network namespace: nothing but system calls. */
    @FunctionalInterface
    public interface Errand<T> {
        T run() throws IOException;
    }

    private NetworkNamespace() {}

    /** The one that the calling thread is in; the descriptor keeps it alive until closed. */
    public static Fd current() throws IOException {
        return Fd.open(OF_THIS_THREAD, OpenFlags.O_RDONLY);
    }

    /**
     * A new one, with a link lo that is down. It ends when the descriptor is closed, unless a process, a socket or
     * another descriptor keeps it.
     */
    public static Fd create() throws IOException {
        try (Fd home = current()) {
            Errno.check(Libc.unshare(CLONE_NEWNET), "unshare", "the network namespace");
            try {
                return current();
            } finally {
                comeBack(home);
            }
        }
    }

    /**
     * Runs an errand in another network namespace, on the calling thread, and comes back. A socket belongs for ever to
     * the namespace in which it was made. If the thread cannot come back, the process ends: any later socket of this
     * thread would be made there.
     *
     * @throws IOException of the errand; EPERM without the rights, EINVAL if the descriptor is of something else
     */
    public static <T> T within(Fd namespace, Errand<T> errand) throws IOException {
        try (Fd home = current()) {
            Errno.check(Libc.setns(namespace.number(), CLONE_NEWNET), "setns", namespace.name());
            try {
                return errand.run();
            } finally {
                comeBack(home);
            }
        }
    }

    private static void comeBack(Fd home) {
        for (int attempt = 0; attempt < RETURN_ATTEMPTS; attempt++) {
            if (Libc.setns(home.number(), CLONE_NEWNET) == 0) {
                return;
            }
        }
        Runtime.getRuntime().halt(1); // containers survive the daemon
    }
}
