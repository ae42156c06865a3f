package io.fairlead.core.fault;

/** The daemon was killed at this very point: an Error, so that nothing handles it. */
public final class DaemonKilled extends Error {
    public DaemonKilled(String where) {
        super(where, null, false, false);
    }
}
