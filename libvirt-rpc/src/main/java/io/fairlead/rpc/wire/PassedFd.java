package io.fairlead.rpc.wire;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file descriptor. The holder of this object must close it, unless it is detached before. */
public final class PassedFd implements AutoCloseable {
    /** VIR_NET_MESSAGE_NUM_FDS_MAX. */
    public static final int PER_MESSAGE_MAX = 32;

    private final FileDescriptor descriptor;
    private final AtomicBoolean released = new AtomicBoolean();

    public PassedFd(int number) {
        this(new FileDescriptor(number));
    }

    PassedFd(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    public int number() {
        return descriptor.intValue();
    }

    /** The descriptor in the form that a channel can send. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** Gives the descriptor up: from now on the caller must close it, and this object no longer does. */
    public int detach() {
        if (!released.compareAndSet(false, true)) {
            throw new IllegalStateException("descriptor %d is closed".formatted(number()));
        }
        return number();
    }

    /** Closes the descriptor, once, unless it was detached. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            try {
                descriptor.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close descriptor %d".formatted(number()), e);
            }
        }
    }
}
