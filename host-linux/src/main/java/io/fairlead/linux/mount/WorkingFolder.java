package io.fairlead.linux.mount;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;

/**
 * Runs a call with a working folder of its choice, from which the kernel resolves relative paths. The working folder
 * belongs to the whole process, unless a thread parts with it (unshare(2)); that cannot be undone, so such a thread
 * makes one call and ends.
 */
final class WorkingFolder {
    private static final int CLONE_FS = 0x200;

    /** One call to the kernel, or a few. */
    interface Call {
        void run() throws ErrnoException;
    }

    private WorkingFolder() {}

    /** Waits for the call even if the thread is interrupted, which is noted. */
    static void run(Path folder, Call call) throws ErrnoException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try {
                        enter(folder);
                        call.run();
                    } catch (ErrnoException | RuntimeException | Error e) {
                        failure[0] = e;
                    }
                },
                "fairlead-mount");
        thread.setDaemon(true);
        thread.start();
        join(thread);
        if (failure[0] instanceof ErrnoException e) {
            throw e;
        }
        if (failure[0] != null) {
            throw new IllegalStateException(failure[0]);
        }
    }

    private static void enter(Path folder) throws ErrnoException {
        Errno.check(Libc.unshare(CLONE_FS), "unshare", "working folder");
        try (Fd fd = Fd.open(folder, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) {
            Errno.check(Libc.fchdir(fd.number()), "fchdir", folder);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
