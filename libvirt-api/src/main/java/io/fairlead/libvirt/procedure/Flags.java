package io.fairlead.libvirt.procedure;

import io.fairlead.libvirt.error.Errors;

/** Checks of the flag words that nearly every procedure takes. */
public final class Flags {
    public static final int AFFECT_LIVE = 1;
    public static final int AFFECT_CONFIG = 2;
    public static final int AFFECT_BOTH = AFFECT_LIVE | AFFECT_CONFIG;
    /** VIR_TYPED_PARAM_STRING_OKAY: the client understands string parameters. */
    public static final int STRING_PARAMETERS = 4;

    private Flags() {}

    /** Refuses bits outside {@code supported}, so that a client never takes an unsupported flag for honoured. */
    public static void check(String function, int flags, int supported) {
        int unknown = flags & ~supported;
        if (unknown != 0) {
            throw Errors.unsupportedFlags(function, unknown);
        }
    }

    public static void none(String function, int flags) {
        check(function, flags, 0);
    }

    public static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
