package io.fairlead.storage.driver;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one volume, for one thread. Positions are bytes from the volume's start. */
public interface VolumeContent extends AutoCloseable {
    /** The end of the readable and writable bytes. */
    long sizeBytes();

    /** Behind which nothing can be written: the end, unless a file's length has nothing to do with the volume's. */
    default long limitBytes() {
        return sizeBytes();
    }

    /** Reads up to the buffer's room; fewer only at the end, where it returns 0. */
    int read(long at, ByteBuffer into) throws IOException;

    /** Writes all of the buffer. @throws IOException ENOSPC when it reaches beyond the end */
    void write(long at, ByteBuffer from) throws IOException;

    /** Makes a range read as zeros, giving its space back where the pool can. */
    void zero(long at, long lengthBytes) throws IOException;

    /** The first byte at or behind a position that is not in a hole; the size when there is none. */
    long nextData(long at) throws IOException;

    /**
     * The first byte at or behind a position that is in a hole, or the size; or as far as was looked, if all of that is
     * data.
     */
    long nextHole(long at) throws IOException;

    /** Waits until everything written is on the disk. */
    void sync() throws IOException;

    @Override
    void close();
}
