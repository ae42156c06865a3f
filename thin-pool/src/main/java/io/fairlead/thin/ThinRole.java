package io.fairlead.thin;

/** The part that a device plays for the owner of the pool. */
public enum ThinRole {
    /** Content that the owner's clients see and change. */
    VOLUME(true),
    /** A file system without files, of which new trees are copies. */
    BASE(false),
    /** A volume's content at one moment; its origin is the volume. */
    SNAPSHOT(false),
    /** Content that never changes again, from which trees are composed; its origin may be another layer. */
    LAYER(false),
    /** Becomes one of the others when it is complete. One that a start finds is the remains of a crash. */
    UNFINISHED(true);

    private final boolean written;

    ThinRole(boolean written) {
        this.written = written;
    }

    /** Whether its content may change, so that it comes to need metadata of its own. */
    boolean isWritten() {
        return written;
    }
}
