package io.fairlead.thin;

/** Why a thin pool refused or failed; callers branch on {@link #reason}. */
public final class ThinPoolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public enum Reason {
        /** No device of that name. */
        NO_DEVICE,
        /** A device of that name exists. */
        EXISTS,
        /** The device is open, or something depends on it. */
        BUSY,
        /** Free data or metadata is below the reserve, or ids are used up. */
        NO_SPACE,
        /** The pool is read-only, failed or needs a check; nothing can be changed until an administrator repairs it. */
        NEEDS_REPAIR,
        /** Another program has written to the pool, or the records are older than the pool. */
        NOT_OURS,
        /** The kernel or the record store failed. */
        IO
    }

    private final Reason reason;

    public ThinPoolException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
