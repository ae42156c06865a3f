package io.fairlead.backend.monitor;

import io.fairlead.backend.files.OwnFiles;
import io.fairlead.linux.socket.Fifo;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A configuration that is written while the program that reads it is already starting: a FIFO, at which the reader
 * waits, until {@link #write} puts a plain file in its place. A reader that opened the FIFO before gets the same bytes
 * through it. crun 1.8 reads its configuration twice: once from the FIFO and once from the file.
 *
 * <p>If this is closed without a {@link #write}, a reader that has opened the FIFO gets an empty configuration. A later
 * reader waits for ever and must be killed, as must a reader whose daemon was killed.
 */
public final class LateConfig implements AutoCloseable {
    private static final int F_SETPIPE_SZ = 1031;
    private static final int OWNER_ONLY = 0600;

    private final Path file;
    private final Fd end;

    private LateConfig(Path file, Fd end) {
        this.file = file;
        this.end = end;
    }

    /** @throws IOException if the file exists */
    public static LateConfig at(Path file) throws IOException {
        Fifo.create(file, OWNER_ONLY);
        return new LateConfig(file, Fifo.openBothEnds(file));
    }

    /**
     * Opens an existing FIFO once it has a reader; no other process has it open for writing.
     *
     * @throws IOException ENXIO if no reader comes in time
     */
    public static LateConfig awaitReader(Path fifo, Duration limit) throws IOException {
        return new LateConfig(fifo, Fifo.openForWriting(fifo, limit));
    }

    /** The same configuration, after its folder has moved. */
    public LateConfig in(Path newFile) {
        return new LateConfig(newFile, end);
    }

    /** To be called once. The reader sees the end of the text at {@link #close}. Never waits. */
    public void write(byte[] text) throws IOException {
        OwnFiles.write(file, text);
        // The pipe must take all of it, because there may never be a reader.
        Errno.check(Libc.fcntl(end.number(), F_SETPIPE_SZ, text.length), "fcntl", file);
        end.write(text);
    }

    @Override
    public void close() {
        end.close();
    }
}
