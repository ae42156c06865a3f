package io.fairlead.storage.directory;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.SparseFile;
import io.fairlead.linux.file.WriteBack;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.storage.driver.VolumeContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The bytes of a regular file, or of a block device. */
public final class FileContent implements VolumeContent {
    private static final int COPY_BYTES = 1 << 20;

    private final Fd fd;
    private final FileChannel channel;
    private final long sizeBytes;
    private final boolean grows;
    private long end; // of the bytes written into a file that grows
    private final WriteBack writeBack;

    /** Takes the descriptor over. @throws IOException EINVAL, EISDIR when it is neither file nor device */
    public FileContent(Fd fd, boolean forWriting) throws IOException {
        this(fd, forWriting, false);
    }

    /** @param grows whether bytes written behind its end make it longer, as with an image */
    FileContent(Fd fd, boolean forWriting, boolean grows) throws IOException {
        this.fd = fd;
        this.grows = grows;
        this.writeBack = new WriteBack(fd);
        try {
            FileStat stat = FileStat.of(fd);
            if (!stat.isRegular() && !stat.isBlockDevice()) {
                throw new ErrnoException(stat.isFolder() ? Errno.EISDIR : Errno.EINVAL, "open", fd.name());
            }
            // Through the descriptor, so that it is the very file that was checked.
            Set<? extends OpenOption> options = forWriting
                    ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : Set.of(StandardOpenOption.READ);
            this.channel = FileChannel.open(Path.of("/proc/self/fd/" + fd.number()), options);
            this.sizeBytes = channel.size();
        } catch (IOException | RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public long limitBytes() {
        return grows ? Long.MAX_VALUE : sizeBytes;
    }

    @Override
    public int read(long at, ByteBuffer into) throws IOException {
        int count = 0;
        for (int more; into.hasRemaining() && (more = channel.read(into, at + count)) > 0; ) {
            count += more;
        }
        return count;
    }

    @Override
    public void write(long at, ByteBuffer from) throws IOException {
        requireRoom(at, from.remaining());
        long position = at;
        while (from.hasRemaining()) {
            position += channel.write(from, position);
        }
        writeBack.written(at, position - at);
    }

    @Override
    public void zero(long at, long lengthBytes) throws IOException {
        requireRoom(at, lengthBytes);
        if (lengthBytes == 0) {
            return;
        }
        try {
            SparseFile.punch(fd, at, lengthBytes);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            writeZeros(at, lengthBytes);
        }
    }

    /** Really writes them, so that nothing of the old content stays in the file's blocks. Holes stay holes. */
    void overwriteWithZeros() throws IOException {
        for (long at = nextData(0); at < sizeBytes; ) {
            long end = nextHole(at);
            writeZeros(at, end - at);
            at = nextData(end);
        }
    }

    private void writeZeros(long at, long lengthBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(COPY_BYTES, lengthBytes));
        for (long position = at; position < at + lengthBytes; position += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), at + lengthBytes - position));
            write(position, zeros);
        }
    }

    private void requireRoom(long at, long length) throws ErrnoException {
        if (at < 0 || length < 0 || length > limitBytes() - at) {
            throw new ErrnoException(Errno.ENOSPC, "write", fd.name());
        }
        end = Math.max(end, at + length);
    }

    /** Copies everything that is not a hole; the rest of this content must be zeros. */
    void fillFrom(FileContent source) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(COPY_BYTES);
        for (long at = source.nextData(0); at < source.sizeBytes; ) {
            long end = source.nextHole(at);
            while (at < end) {
                piece.clear().limit((int) Math.min(COPY_BYTES, end - at));
                int count = source.read(at, piece);
                if (count == 0) {
                    return; // the source has become shorter meanwhile
                }
                write(at, piece.flip());
                at += count;
            }
            at = source.nextData(end);
        }
    }

    @Override
    public long nextData(long at) throws IOException {
        if (at >= sizeBytes) {
            return sizeBytes;
        }
        long found = SparseFile.nextData(fd, at);
        return found < 0 ? sizeBytes : Math.min(found, sizeBytes);
    }

    @Override
    public long nextHole(long at) throws IOException {
        return at >= sizeBytes ? sizeBytes : Math.min(SparseFile.nextHole(fd, at), sizeBytes);
    }

    @Override
    public void sync() throws IOException {
        if (grows && channel.size() < end) {
            SparseFile.setLength(fd, end); // it ends in a hole
        }
        channel.force(true);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("close " + fd.name(), e);
        } finally {
            fd.close();
        }
    }
}
