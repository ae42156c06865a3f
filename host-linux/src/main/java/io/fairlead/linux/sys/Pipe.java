package io.fairlead.linux.sys;

/** Both ends of a pipe, close-on-exec. Closing it closes the ends that are still open. */
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {
    /** @throws ErrnoException EMFILE when there are no descriptors left */
    public static Pipe open() throws ErrnoException {
        return open("a pipe");
    }

    /**
     * @param name what flows through it, for errors
     * @throws ErrnoException EMFILE when there are no descriptors left
     */
    public static Pipe open(String name) throws ErrnoException {
        int[] ends = new int[2];
        Errno.check(Libc.pipe2(ends, OpenFlags.O_CLOEXEC), "pipe2", name);
        return new Pipe(new Fd(ends[0], "reading end of " + name), new Fd(ends[1], "writing end of " + name));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
