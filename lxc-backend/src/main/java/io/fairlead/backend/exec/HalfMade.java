package io.fairlead.backend.exec;

import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Ends processes whose start was cut off, or whose monitor has died. */
final class HalfMade {
    private static final int SIGKILL = 9;
    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");

    /** Kills the process that the runtime has written down, if it is one of the guest. */
    void kill(ExecGuest guest, ExecFolder folder) throws IOException {
        int pid = writtenPid(folder);
        if (pid == 0) {
            return;
        }
        try (Pidfd process = Pidfd.open(pid)) {
            // Looked at with the descriptor open: the number may be another process's by now.
            if (guest.group().processes().contains(pid) && guest.init().pid() != pid) {
                process.signal(SIGKILL);
            }
        } catch (ErrnoException e) {
            requireGone(e);
        }
    }

    private static int writtenPid(ExecFolder folder) throws IOException {
        try {
            String text = Files.readString(folder.pidFile()).strip();
            long pid = PID.matcher(text).matches() ? Long.parseLong(text) : 0;
            return pid <= Integer.MAX_VALUE ? (int) pid : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Does nothing if it has ended. */
    void kill(ProcessId process) throws IOException {
        try (Pidfd open = Pidfd.open(process)) {
            open.signal(SIGKILL);
        } catch (ErrnoException e) {
            requireGone(e);
        }
    }

    private static void requireGone(ErrnoException e) throws ErrnoException {
        if (e.errno() != Errno.ESRCH) {
            throw e;
        }
    }
}
