package io.fairlead.core.backend;

/** How init is asked: AUTO tries initctl and falls back to the signal that this init understands. */
public enum ShutdownWay {
    AUTO,
    INITCTL,
    SIGNAL
}
