package io.fairlead.linux.sys;

import java.io.IOException;

/**
 * A descriptor that one thread may close while others use it: its number goes back to the kernel only when the last
 * user has left. So no user reads from a foreign file that got the same number meanwhile.
 */
public final class SharedFd {
    /** One use of the descriptor. */
    @FunctionalInterface
    public interface Use<T> {
        T with(int fd) throws IOException;
    }

    private final Fd fd;
    private int users;
    private boolean closing;

    public SharedFd(Fd fd) {
        this.fd = fd;
    }

    /** @throws IOException if it is closed already */
    public <T> T use(Use<T> use) throws IOException {
        int number = enter();
        try {
            return use.with(number);
        } finally {
            leave();
        }
    }

    public synchronized boolean closing() {
        return closing;
    }

    /** Forbids new uses, runs {@code wake} so that present ones end, and closes when they have. */
    public void close(java.util.function.IntConsumer wake) {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            wake.accept(fd.number());
            if (users == 0) {
                fd.close();
            }
        }
    }

    private synchronized int enter() throws IOException {
        if (closing) {
            throw new IOException(fd.name() + " is closed");
        }
        users++;
        return fd.number();
    }

    private synchronized void leave() {
        users--;
        if (closing && users == 0) {
            fd.close();
        }
    }
}
