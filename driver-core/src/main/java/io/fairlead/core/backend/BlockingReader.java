package io.fairlead.core.backend;

import java.util.concurrent.Semaphore;

/** Waits for the output of an {@link OutputReader}, for callers with a thread of their own. */
public final class BlockingReader implements AutoCloseable {
    private final OutputReader reader;
    private final Semaphore ready = new Semaphore(0);

    /** @param reader closed with this */
    public BlockingReader(OutputReader reader) {
        this.reader = reader;
        reader.onReady(ready::release);
    }

    /** Waits for the next piece; null at the end, whose reason {@link OutputReader#end} tells. */
    public Chunk take() throws InterruptedException {
        while (true) {
            ready.drainPermits(); // before looking: what is told from here on ends the wait below
            Chunk next = reader.poll();
            if (next != null) {
                return next;
            }
            if (reader.end().isPresent()) {
                return null;
            }
            ready.acquire();
        }
    }

    public OutputReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
    }
}
