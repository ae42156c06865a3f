package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;

/** Both ends of a pipe of ours, which no child inherits unasked. The reading end never waits. */
record Pipe(Fd reader, Fd writer) {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NONBLOCK = 0x800;
    private static final int F_SETFL = 4;

    static Pipe open(String name) throws ErrnoException {
        int[] ends = new int[2];
        Errno.check(Libc.pipe2(ends, O_CLOEXEC), "pipe2", name);
        Libc.fcntl(ends[0], F_SETFL, O_NONBLOCK);
        return new Pipe(new Fd(ends[0], name), new Fd(ends[1], name));
    }
}
