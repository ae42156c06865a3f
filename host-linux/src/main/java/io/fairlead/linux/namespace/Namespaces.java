package io.fairlead.linux.namespace;

import io.fairlead.linux.sys.CString;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The namespaces of processes. Needs the right to trace them. */
public final class Namespaces {
    private Namespaces() {}

    /** A descriptor that keeps the namespace alive until closed. @throws ErrnoException ENOENT if the process has ended */
    public static Fd open(int pid, NamespaceKind kind) throws ErrnoException {
        return Fd.open(path(pid, kind), OpenFlags.O_RDONLY);
    }

    /** One descriptor per kind, in that order; on failure none stays open. */
    public static List<Fd> open(int pid, List<NamespaceKind> kinds) throws ErrnoException {
        List<Fd> opened = new ArrayList<>();
        try {
            for (NamespaceKind kind : kinds) {
                opened.add(open(pid, kind));
            }
            return opened;
        } catch (ErrnoException e) {
            opened.forEach(Fd::close);
            throw e;
        }
    }

    /** Such as {@code net:[4026531840]}; equal for two processes that share it. */
    public static String identity(int pid, NamespaceKind kind) throws ErrnoException {
        byte[] text = new byte[128];
        Path path = path(pid, kind);
        long length = Libc.readlinkat(OpenFlags.AT_FDCWD, CString.of(path), text, text.length);
        return CString.read(text, 0, (int) Errno.check(length, "readlink", path));
    }

    public static boolean shared(int onePid, int otherPid, NamespaceKind kind) throws ErrnoException {
        return identity(onePid, kind).equals(identity(otherPid, kind));
    }

    private static Path path(int pid, NamespaceKind kind) {
        return Path.of("/proc", Integer.toString(pid), "ns", kind.file());
    }
}
