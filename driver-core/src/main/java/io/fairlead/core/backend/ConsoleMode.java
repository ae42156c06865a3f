package io.fairlead.core.backend;

/** How a console is opened: beside other readers, in place of them, or only if there are none and while there are none. */
public enum ConsoleMode {
    SHARED,
    FORCE,
    EXCLUSIVE
}
