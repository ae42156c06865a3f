package io.fairlead.linux.sys;

import java.io.IOException;

/** A system call failed. The message reads {@code mount /dev/loop3 on /mnt: ENOENT}. */
public final class ErrnoException extends IOException {
    private final int errno;
    private final String call;
    private final String subject;

    public ErrnoException(int errno, String call, String subject) {
        super("%s %s: %s".formatted(call, subject, Errno.name(errno)));
        this.errno = errno;
        this.call = call;
        this.subject = subject;
    }

    public int errno() {
        return errno;
    }

    /** The system call, such as {@code openat2}. */
    public String call() {
        return call;
    }

    /** The object of the failed call: a path, or {@code pid 17}. */
    public String subject() {
        return subject;
    }

    /** Such as {@code No such file or directory}. */
    public String words() {
        return Errno.words(errno);
    }

    /** Such as {@code ENOENT}. */
    public String errnoName() {
        return Errno.name(errno);
    }
}
