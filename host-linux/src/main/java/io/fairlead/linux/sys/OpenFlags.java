package io.fairlead.linux.sys;

/** Flags of {@code open} and its relatives. Those marked differ between architectures. */
public final class OpenFlags {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_NOATIME = 0x40000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    /** Differs on arm64. */
    public static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    /** Differs on arm64. */
    public static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    public static final int AT_FDCWD = -100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_EMPTY_PATH = 0x1000;

    private OpenFlags() {}
}
