package io.fairlead.core.backend;

import java.nio.file.Path;

/**
 * A guest whose processes, namespaces and mounts exist, but whose first program has not begun. This is the moment to
 * plug networks in. It ends with one of the two starts, or with {@link #close}, which undoes everything. If the daemon
 * is killed before a start has returned, the next daemon clears the guest away.
 *
 * <p>Threads: one at a time.
 */
public interface Prepared extends AutoCloseable {
    /** The host's pid of init, which waits. */
    int init();

    /**
     * Init's network namespace, as a path that can be opened while init lives; the host's own if the guest shares it.
     */
    Path networkNamespace();

    /** Its streams. Readers that attach now miss nothing. */
    Io io();

    /**
     * Lets init run the guest's first program.
     *
     * @throws io.fairlead.kit.error.EngineException with the obstacle; {@link #close} then undoes what was prepared
     */
    Guest start();

    /** The same, but init stays frozen before its first instruction until {@link Guest#resume}. */
    Guest startPaused();

    /** Kills and removes what was prepared. Does nothing after a start. */
    @Override
    void close();
}
