package io.fairlead.linux.file;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.SharedFd;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A regular file that is read at any place, and that another process may still write to. It stays readable after its
 * name is gone. Any number of threads may read while one closes; a thread that is interrupted does not close it, as it
 * would a {@link java.nio.channels.FileChannel}.
 */
public final class ReadableFile implements AutoCloseable {
    private static final int SEEK_END = 2;

    private final SharedFd shared;
    private final FileStat identity;
    private final String name;

    private ReadableFile(Fd fd, FileStat identity) {
        this.shared = new SharedFd(fd);
        this.identity = identity;
        this.name = fd.name();
    }

    /** @throws ErrnoException ENOENT */
    public static ReadableFile open(Path path) throws ErrnoException {
        Fd fd = Fd.open(path, OpenFlags.O_RDONLY);
        try {
            return new ReadableFile(fd, FileStat.of(fd));
        } catch (ErrnoException e) {
            fd.close();
            throw e;
        }
    }

    /** Its present length, in bytes. */
    public long size() throws IOException {
        return shared.use(fd -> Errno.check(Libc.lseek(fd, 0, SEEK_END), "lseek", name));
    }

    /**
     * Reads once.
     *
     * @return the number of bytes read, less than the buffer's length only at the end of the file; 0 at the end
     */
    public int read(byte[] buffer, long position) throws IOException {
        return shared.use(fd -> {
            long count;
            do {
                count = Libc.pread(fd, buffer, buffer.length, position);
            } while (count < 0 && Errno.last() == Errno.EINTR);
            return (int) Errno.check(count, "read", name);
        });
    }

    /** Whether this is the file that the path names now. False if it names none. */
    public boolean isAt(Path path) throws ErrnoException {
        try {
            return FileStat.of(path).isSameFile(identity);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        shared.close(fd -> {});
    }
}
