package io.fairlead.linux.namespace;

import io.fairlead.linux.file.FileStat;
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
    private static final long NS_GET_USERNS = 0xb701; // linux/nsfs.h: _IO(0xb7, 1)

    private Namespaces() {}

    /**
     * A descriptor that keeps the namespace alive until closed.
     *
     * @throws ErrnoException ENOENT if the process has ended
     */
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

    /**
     * Those of a process that are not ours, in the order in which they can be entered. The user namespace comes after
     * those that belong to another user namespace, such as a network shared with the host or with a neighbour: once it
     * is entered, those can no longer be entered.
     *
     * @throws ErrnoException ENOENT or ESRCH if the process has ended
     */
    public static List<Fd> openToEnter(int pid) throws ErrnoException {
        List<Fd> opened = open(pid, NamespaceKind.ENTER_ORDER);
        List<Fd> ofOthers = new ArrayList<>();
        List<Fd> own = new ArrayList<>();
        try {
            FileStat user = FileStat.of(opened.get(0));
            for (int i = 0; i < opened.size(); i++) {
                NamespaceKind kind = NamespaceKind.ENTER_ORDER.get(i);
                Fd namespace = opened.get(i);
                if (FileStat.of(namespace).isSameFile(FileStat.of(Path.of("/proc/self/ns", kind.file())))) {
                    namespace.close();
                } else if (kind == NamespaceKind.USER || owner(namespace).isSameFile(user)) {
                    own.add(namespace);
                } else {
                    ofOthers.add(namespace);
                }
            }
        } catch (ErrnoException e) {
            opened.forEach(Fd::close);
            throw e;
        }
        ofOthers.addAll(own);
        return ofOthers;
    }

    /** The user namespace that a namespace belongs to (ioctl_ns(2)). */
    private static FileStat owner(Fd namespace) throws ErrnoException {
        int number = Errno.check(Libc.ioctl(namespace.number(), NS_GET_USERNS, 0), "ioctl", namespace.name());
        try (Fd user = new Fd(number, "the owner of " + namespace.name())) {
            return FileStat.of(user);
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
