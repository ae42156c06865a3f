package io.fairlead.backend.bundle;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;

/** How a definition is refused: by the name of what we cannot do, or of what makes no sense. */
final class Refusal {
    private Refusal() {}

    /** Something that a container could have, but not with us. */
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
