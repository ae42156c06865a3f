package io.fairlead.rpc.fuzz;

import io.netty.channel.unix.FileDescriptor;
import java.util.concurrent.atomic.AtomicInteger;

/** A descriptor of no file, which counts how many like it are open. */
final class CountedDescriptor extends FileDescriptor {
    private static final int NUMBER = 1_000_000; // far above any that is open

    private final AtomicInteger open;

    CountedDescriptor(AtomicInteger open) {
        super(NUMBER);
        this.open = open;
        open.incrementAndGet();
    }

    /** Throws an AssertionError the second time: by then, the number may be another file's. */
    @Override
    public void close() {
        if (!markClosed()) {
            throw new AssertionError("a descriptor is closed twice");
        }
        open.decrementAndGet();
    }
}
