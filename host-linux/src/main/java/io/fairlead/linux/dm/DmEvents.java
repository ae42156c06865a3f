package io.fairlead.linux.dm;

import io.fairlead.linux.sys.ErrnoException;
import java.time.Duration;

/** Tells one listener that some device had an event; which one, and what it was, is for the listener to look up. */
public interface DmEvents extends AutoCloseable {
    /**
     * Waits for an event since the last call, or since this object was made. What happens after it returns is told by the
     * next call, so a look at the devices in between misses nothing.
     *
     * @return false if there was none within the limit
     */
    boolean await(Duration limit) throws ErrnoException;

    @Override
    void close();
}
