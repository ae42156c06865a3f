package io.fairlead.linux.process;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.DirectoryReader;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which processes have a file open. Looks at every descriptor of every process: for rare questions only. */
public final class FileHolders {
    private static final int LINK_BYTES = 4096;

    private FileHolders() {}

    /**
     * The host's pids of all processes that hold the file open by any name. A process that only waits in open(2) is not
     * among them.
     */
    public static Set<Integer> of(FileStat file) throws IOException {
        Set<Integer> holders = new HashSet<>();
        for (int pid : ProcessTable.all()) {
            if (holds(pid, file)) {
                holders.add(pid);
            }
        }
        return holders;
    }

    private static boolean holds(int pid, FileStat file) throws IOException {
        Path folder = Path.of("/proc/" + pid + "/fd");
        try {
            for (DirectoryReader.Entry entry : DirectoryReader.read(folder)) {
                if (isFile(folder.resolve(entry.text()), file)) {
                    return true;
                }
            }
            return false;
        } catch (ErrnoException e) {
            if (cannotTell(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isFile(Path link, FileStat file) throws ErrnoException {
        byte[] target = new byte[LINK_BYTES];
        long length = Libc.readlinkat(OpenFlags.AT_FDCWD, CString.of(link), target, target.length);
        if (length < 1 || target[0] != '/') { // most are sockets, pipes and the kernel's own: socket:[17]
            return false;
        }
        try {
            return FileStat.ofCached(link).isSameFile(file);
        } catch (ErrnoException e) {
            if (cannotTell(e)) {
                return false;
            }
            throw e;
        }
    }

    /** The process has ended, or closed the file, while we looked; or not even root may look into it. */
    private static boolean cannotTell(ErrnoException e) {
        return ProcessTable.gone(e) || e.errno() == Errno.EACCES;
    }
}
