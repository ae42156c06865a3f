package io.fairlead.backend.bundle;

import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;

/** Errors for a refused definition. They name the unsupported part, or the part that makes no sense. */
final class Refusal {
    private Refusal() {}

    /** A feature that containers can have, but that this daemon does not support. */
    static EngineException of(String what, Object... arguments) {
        return new EngineException(ErrorCode.CONFIG_UNSUPPORTED, what.formatted(arguments));
    }

    static void unless(boolean supported, String what, Object... arguments) {
        if (!supported) {
            throw of(what, arguments);
        }
    }

    static void unlessValid(boolean valid, String what, Object... arguments) {
        if (!valid) {
            throw new EngineException(ErrorCode.XML_ERROR, "invalid " + what.formatted(arguments));
        }
    }
}
