package io.fairlead.linux.mount;

/** Flags of mount(2) (linux/mount.h). */
public enum MountFlag {
    READ_ONLY(1),
    NO_SUID(2),
    NO_DEVICES(4),
    NO_EXEC(8),
    SYNCHRONOUS(16),
    REMOUNT(32),
    NO_ATIME(1024),
    NO_DIR_ATIME(2048),
    BIND(4096),
    MOVE(8192),
    RECURSIVE(16384),
    UNBINDABLE(1 << 17),
    PRIVATE(1 << 18),
    SLAVE(1 << 19),
    SHARED(1 << 20),
    RELATIVE_ATIME(1 << 21);

    private final long bit;

    MountFlag(long bit) {
        this.bit = bit;
    }

    long bit() {
        return bit;
    }

    /**
     * As mount(8) and runtimes call it.
     *
     * @throws IllegalStateException for other flags than READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC
     */
    public String option() {
        return switch (this) {
            case READ_ONLY -> "ro";
            case NO_SUID -> "nosuid";
            case NO_DEVICES -> "nodev";
            case NO_EXEC -> "noexec";
            default -> throw new IllegalStateException(this + " is no plain option");
        };
    }
}
