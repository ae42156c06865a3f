package io.fairlead.linux.dm;

import io.fairlead.linux.sys.ErrnoException;
import java.time.Duration;

/** Tells one listener that some device had an event. The listener looks up which device, and which event. */
public interface DmEvents extends AutoCloseable {
    /**
     * Waits for an event since the last call, or since this object was made. The next call reports events after this
     * one's return, so a look at the devices in between misses nothing.
     *
     * @return false if there was none within the limit
     */
    boolean await(Duration limit) throws ErrnoException;

    @Override
    void close();
}
