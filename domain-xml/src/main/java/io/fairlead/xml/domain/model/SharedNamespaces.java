package io.fairlead.xml.domain.model;

import java.util.Optional;

/** {@code <lxc:namespace>}: namespaces of others that the container joins. */
public record SharedNamespaces(Optional<Source> net, Optional<Source> ipc, Optional<Source> uts) {
    /** Nothing is shared. */
    public static final SharedNamespaces NONE =
            new SharedNamespaces(Optional.empty(), Optional.empty(), Optional.empty());

    /** Where a namespace comes from; the value is a domain's name, a process id, or the name of a network namespace. */
    public record Source(Type type, String value) {}

    public enum Type {
        NAME,
        PID,
        NETNS
    }
}
