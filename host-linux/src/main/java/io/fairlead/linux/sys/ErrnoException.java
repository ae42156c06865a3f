package io.fairlead.linux.sys;

import java.io.IOException;

/** A system call failed. The message reads {@code mount /dev/loop3 on /mnt: ENOENT}. */
public final class ErrnoException extends IOException {
    private final int errno;
    private final String call;
    private final String subject;
    private final String explanation;

    public ErrnoException(int errno, String call, String subject) {
        this(errno, call, subject, null);
    }

    /** @param explanation the kernel's own words, where it gives some beside the number; or null */
    public ErrnoException(int errno, String call, String subject, String explanation) {
        super("%s %s: %s%s"
                .formatted(call, subject, Errno.name(errno), explanation == null ? "" : " (" + explanation + ")"));
        this.explanation = explanation;
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

    /** What the kernel says beside the number; null if it says nothing. */
    public String explanation() {
        return explanation;
    }

    /** Such as {@code ENOENT}. */
    public String errnoName() {
        return Errno.name(errno);
    }
}
