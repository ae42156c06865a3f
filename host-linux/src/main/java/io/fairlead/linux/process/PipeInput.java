package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import io.fairlead.linux.sys.Poll;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The reading end of a pipe. It ends when all writers have closed it, or soon after the program's end: children that
 * the program left behind may keep the pipe open for ever.
 */
final class PipeInput extends InputStream {
    /** How long output may trickle in after the program's end; also how often we look whether that has come. */
    private static final Duration AFTERMATH = Duration.ofMillis(50);

    private final Fd pipe;
    private volatile boolean ended;
    private volatile long endedNanos; // when that was; written first

    PipeInput(Fd pipe) {
        this.pipe = pipe;
    }

    /** The program has ended. */
    void endSoon() {
        endedNanos = System.nanoTime();
        ended = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        byte[] buffer = new byte[length];
        while (true) {
            if (Poll.await(pipe.number(), Poll.POLLIN, AFTERMATH) == 0) {
                if (ended && System.nanoTime() - endedNanos >= AFTERMATH.toNanos()) {
                    return -1;
                }
                continue;
            }
            // Does not wait: nobody else reads, so what poll has seen is still there.
            long count = Libc.read(pipe.number(), buffer, length);
            if (count < 0 && (Errno.last() == Errno.EAGAIN || Errno.last() == Errno.EINTR)) {
                continue;
            }
            Errno.check(count, "read", pipe.name());
            System.arraycopy(buffer, 0, into, offset, (int) count);
            return count == 0 ? -1 : (int) count;
        }
    }

    @Override
    public void close() {
        pipe.close();
    }
}
