package io.fairlead.core.backend;

/** File systems of a guest that do not change until this is closed, whatever becomes of the guest. Closed by one thread. */
public interface FrozenFilesystems extends AutoCloseable {
    /**
     * Thaws them all, also those of a guest that has ended meanwhile.
     *
     * @throws io.fairlead.core.error.EngineException OPERATION_FAILED if one did not stay frozen, since somebody killed the
     *     guest: what was read of it meanwhile is the content of no moment
     */
    @Override
    void close();
}
