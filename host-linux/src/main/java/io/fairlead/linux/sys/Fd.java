package io.fairlead.linux.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One open descriptor and the duty to close it. Closing twice is harmless.
 *
 * <p>Not guarded against use during close: an object that is closed while another thread blocks in it must use {@link
 * SharedFd}.
 */
public final class Fd implements AutoCloseable {
    private static final int CLOSED = -1;

    private final AtomicInteger number;
    private final String name;

    /** @param name for error messages */
    public Fd(int number, String name) {
        this.number = new AtomicInteger(number);
        this.name = name;
    }

    /** Opens with O_CLOEXEC added to the flags. */
    public static Fd open(Path path, int flags, int mode) throws ErrnoException {
        int fd;
        do {
            fd = Libc.open(CString.of(path), flags | OpenFlags.O_CLOEXEC, mode);
        } while (fd < 0 && Errno.last() == Errno.EINTR);
        return new Fd(Errno.check(fd, "open", path), path.toString());
    }

    public static Fd open(Path path, int flags) throws ErrnoException {
        return open(path, flags, 0);
    }

    /** The descriptor's number. @throws IllegalStateException after close */
    public int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException("descriptor of %s is closed".formatted(name));
        }
        return current;
    }

    public String name() {
        return name;
    }

    /** Where the file is now, as this thread's mount namespace shows it, without links. */
    public Path path() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number()));
    }

    /** Hands the descriptor, and the duty to close it, to the caller. */
    public int release() {
        int current = number();
        number.set(CLOSED);
        return current;
    }

    /** Reads once, up to the buffer's length; 0 at the end. */
    public int read(byte[] buffer) throws ErrnoException {
        long count;
        do {
            count = Libc.read(number(), buffer, buffer.length);
        } while (count < 0 && Errno.last() == Errno.EINTR);
        return (int) Errno.check(count, "read", name);
    }

    /** Writes all of it. */
    public void write(byte[] bytes) throws ErrnoException {
        write(bytes, bytes.length);
    }

    /** Writes the first bytes of a buffer, all of them. */
    public void write(byte[] buffer, int length) throws ErrnoException {
        byte[] rest = buffer;
        int left = length;
        do {
            long count = Libc.write(number(), rest, left);
            if (count < 0 && Errno.last() == Errno.EINTR) {
                continue;
            }
            int written = (int) Errno.check(count, "write", name);
            left -= written;
            if (left > 0) {
                rest = java.util.Arrays.copyOfRange(rest, written, written + left);
            }
        } while (left > 0);
    }

    /** Moves the position for the next read or write, past the end, too. */
    public void skip(long bytes) throws ErrnoException {
        Errno.check(Libc.lseek(number(), bytes, 1 /* SEEK_CUR */), "lseek", name);
    }

    public void sync() throws ErrnoException {
        Errno.check(Libc.fsync(number()), "fsync", name);
    }

    /** Another descriptor of the same open file. */
    public Fd duplicate() throws ErrnoException {
        return new Fd(Errno.check(Libc.fcntl(number(), 1030 /* F_DUPFD_CLOEXEC */, 3), "fcntl", name), name);
    }

    /** Everything up to the end. @throws IOException if that is more than {@code limit} bytes */
    public byte[] readAll(int limit) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[Math.min(limit + 1, 16384)];
        for (int count = read(buffer); count > 0; count = read(buffer)) {
            all.write(buffer, 0, count);
            if (all.size() > limit) {
                throw new IOException("%s holds more than %d bytes".formatted(name, limit));
            }
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        int current = number.getAndSet(CLOSED);
        if (current != CLOSED) {
            // Linux frees the descriptor even when it reports an error here, so there is nothing to retry or undo.
            Libc.close(current);
        }
    }

    @Override
    public String toString() {
        return name + " (descriptor " + number.get() + ")";
    }
}
