package io.fairlead.core.backend;

/** One of the two streams to which a process writes. A process with a terminal writes everything to the first. */
public enum Channel {
    STDOUT,
    STDERR
}
