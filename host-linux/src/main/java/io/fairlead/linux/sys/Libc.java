package io.fairlead.linux.sys;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The C library's functions, unchecked: a negative result means that {@link Errno#last()} holds the reason.
 *
 * <p>For the packages of this module only. Strings are UTF-8 and end in NUL ({@link CString}). Structs are bytes at the
 * offsets that the 64-bit Linux ABI fixes; where x86-64 and arm64 differ, the caller says so.
 */
public final class Libc {
    static {
        // Otherwise JNA runs `ldconfig -p` to learn library folders, which costs more than all the rest of its start.
        if (System.getProperty("jna.platform.library.path") == null) {
            System.setProperty("jna.platform.library.path", "");
        }
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    public static native int open(byte[] path, int flags, int mode);

    public static native int openat(int dir, byte[] path, int flags, int mode);

    public static native int close(int fd);

    public static native long read(int fd, byte[] buffer, long count);

    public static native long pread(int fd, byte[] buffer, long count, long offset);

    public static native long write(int fd, byte[] buffer, long count);

    public static native int fsync(int fd);

    public static native long lseek(int fd, long offset, int whence);

    public static native int ftruncate(int fd, long length);

    public static native int fallocate(int fd, int mode, long offset, long length);

    public static native int fcntl(int fd, int command, long argument);

    public static native int flock(int fd, int operation);

    public static native int ioctl(int fd, long request, long argument);

    public static native int ioctl(int fd, long request, byte[] argument);

    public static native int poll(byte[] fds, long count, int timeoutMillis);

    public static native int pipe2(int[] fds, int flags);

    public static native int eventfd(int initial, int flags);

    public static native int epoll_create1(int flags);

    public static native int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    public static native int epoll_wait(int epoll, byte[] events, int max, int timeoutMillis);

    public static native int fchdir(int fd);

    public static native int rename(byte[] from, byte[] to);

    public static native int renameat(int fromDir, byte[] from, int toDir, byte[] to);

    public static native int renameat2(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    public static native int linkat(int fromDir, byte[] from, int toDir, byte[] to, int flags);

    public static native int symlinkat(byte[] target, int dir, byte[] path);

    public static native int mkdir(byte[] path, int mode);

    public static native int mkdirat(int dir, byte[] path, int mode);

    public static native int rmdir(byte[] path);

    public static native int unlinkat(int dir, byte[] path, int flags);

    public static native int mknodat(int dir, byte[] path, int mode, long device);

    public static native int fchmod(int fd, int mode);

    public static native int fchmodat(int dir, byte[] path, int mode, int flags);

    public static native int fchownat(int dir, byte[] path, int user, int group, int flags);

    public static native int utimensat(int dir, byte[] path, byte[] times, int flags);

    public static native long listxattr(byte[] path, byte[] names, long size);

    public static native long getxattr(byte[] path, byte[] name, byte[] value, long size);

    public static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

    public static native long copy_file_range(
            int from, long[] fromOffset, int to, long[] toOffset, long length, int flags);

    public static native int syncfs(int fd);

    public static native int sync_file_range(int fd, long offset, long bytes, int flags);

    public static native long readlinkat(int dir, byte[] path, byte[] buffer, long size);

    public static native long getdents64(int fd, byte[] buffer, long size);

    public static native int statx(int dir, byte[] path, int flags, int mask, byte[] buffer);

    public static native int statfs(byte[] path, byte[] buffer);

    public static native int fstatfs(int fd, byte[] buffer);

    public static native int mount(byte[] source, byte[] target, byte[] type, long flags, byte[] data);

    public static native int umount2(byte[] target, int flags);

    /** Of the calling thread alone. */
    public static native int unshare(int flags);

    /** Of the calling thread alone. */
    public static native int setns(int namespace, int kind);

    public static native int kill(int pid, int signal);

    public static native int getuid();

    public static native int setpriority(int which, int who, int priority);

    public static native int prlimit(int pid, int resource, long[] limitOrNull, long[] oldLimitOrNull);

    public static native int waitpid(int pid, int[] status, int options);

    public static native int posix_spawn(
            int[] pid, byte[] path, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    public static native int posix_spawn_file_actions_init(Pointer actions);

    public static native int posix_spawn_file_actions_destroy(Pointer actions);

    public static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int target);

    public static native int posix_spawn_file_actions_addclose(Pointer actions, int fd);

    public static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    public static native int posix_spawn_file_actions_addchdir_np(Pointer actions, byte[] path);

    public static native int posix_spawnattr_init(Pointer attributes);

    public static native int posix_spawnattr_destroy(Pointer attributes);

    public static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    public static native int posix_spawnattr_setpgroup(Pointer attributes, int group);

    public static native int posix_spawnattr_setsigmask(Pointer attributes, byte[] set);

    public static native int posix_spawnattr_setsigdefault(Pointer attributes, byte[] set);

    public static native int socket(int family, int type, int protocol);

    public static native int connect(int fd, byte[] address, int length);

    public static native int bind(int fd, byte[] address, int length);

    public static native int listen(int fd, int backlog);

    public static native int accept4(int fd, byte[] address, int[] length, int flags);

    public static native long recv(int fd, byte[] buffer, long size, int flags);

    public static native long send(int fd, byte[] buffer, long size, int flags);

    public static native int getsockopt(int fd, int level, int option, byte[] value, int[] length);

    public static native int setsockopt(int fd, int level, int option, byte[] value, int length);

    public static native int getsockname(int fd, byte[] address, int[] length);

    public static native int shutdown(int fd, int how);

    public static native long syscall(long number, long first, long second, long third, long fourth, long fifth);

    public static native long syscall(long number, long first, long second, long third, byte[] fourth, long fifth);

    public static native long syscall(long number, long first, byte[] second, byte[] third, long fourth, long fifth);

    public static native long syscall(long number, long first, byte[] second, long third, byte[] fourth, long fifth);
}
