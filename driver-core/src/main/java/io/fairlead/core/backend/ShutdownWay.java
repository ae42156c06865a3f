package io.fairlead.core.backend;

/** The way to ask init. AUTO tries initctl first, and then the signal that this init understands. */
public enum ShutdownWay {
    AUTO,
    INITCTL,
    SIGNAL
}
