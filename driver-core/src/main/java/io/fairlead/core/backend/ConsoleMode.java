package io.fairlead.core.backend;

/**
 * How a console is opened: beside other readers, in place of them, or only if there are no other readers and as long as
 * none comes.
 */
public enum ConsoleMode {
    SHARED,
    FORCE,
    EXCLUSIVE
}
