package io.fairlead.thin;

import java.nio.file.Path;

/**
 * Where device nodes are made: a directory of our own, so that nothing waits for udev and no other program opens them.
 */
public interface DeviceNodes {
    /** Makes the node, replacing one left by an earlier daemon. */
    Path make(String name, int major, int minor);

    /** Removes the node if it is there. */
    void remove(String name);
}
