package io.fairlead.core.backend;

/** File systems of a guest that do not change until this is closed, even if the guest ends. Closed by one thread. */
public interface FrozenFilesystems extends AutoCloseable {
    /**
     * Thaws them all, even if the guest has ended meanwhile.
     *
     * @throws io.fairlead.kit.error.EngineException OPERATION_FAILED if one did not stay frozen because the guest was
     *     killed: a copy made meanwhile mixes the contents of several moments
     */
    @Override
    void close();
}
