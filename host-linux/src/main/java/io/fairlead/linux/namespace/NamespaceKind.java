package io.fairlead.linux.namespace;

import java.util.List;

/** Kinds of namespace, by their names below {@code /proc/PID/ns}. */
public enum NamespaceKind {
    USER("user"),
    IPC("ipc"),
    UTS("uts"),
    NET("net"),
    PID("pid"),
    MNT("mnt"),
    CGROUP("cgroup");

    /** The order in which they must be entered: user first, because it gives the right to enter the others. */
    public static final List<NamespaceKind> ENTER_ORDER = List.of(USER, IPC, UTS, NET, PID, MNT);

    private final String file;

    NamespaceKind(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }
}
