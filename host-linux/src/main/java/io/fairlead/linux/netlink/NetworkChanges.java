package io.fairlead.linux.netlink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A subscription to changes of links and addresses. For one thread; another one may close it. */
public interface NetworkChanges extends AutoCloseable {
    /**
     * Waits for changes, in their order.
     *
     * @param limit at least 0
     * @return empty if the time ran out
     * @throws IOException if it is closed, or if a message is malformed
     */
    List<NetworkChange> await(Duration limit) throws IOException;

    /** A thread that waits leaves when its time has run out. */
    @Override
    void close();
}
