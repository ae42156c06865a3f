package io.fairlead.core.intent;

/** Whether a domain is meant to run. */
public enum Wish {
    RUN,
    OFF
}
