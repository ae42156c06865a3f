package io.fairlead.linux.sys;

/** Both ends of a pipe, close-on-exec. Closing it closes the ends that are still open. */
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {
    /** @throws ErrnoException EMFILE when there are no descriptors left */
    public static Pipe open() throws ErrnoException {
        int[] ends = new int[2];
        Errno.check(Libc.pipe2(ends, OpenFlags.O_CLOEXEC), "pipe2", "both ends");
        return new Pipe(new Fd(ends[0], "reading end of a pipe"), new Fd(ends[1], "writing end of a pipe"));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
