package io.fairlead.core.backend;

import java.util.List;

/**
 * Facts that only a running guest has.
 *
 * @param partition the cgroup partition it runs in, as the definition would name it
 * @param consoleTtys the host's path of each console's terminal, in the order of the definition; empty if the host has
 *     none. The guest must not be able to change the path, because clients open it as root
 */
public record LiveFacts(String partition, List<String> consoleTtys) {
    public LiveFacts {
        consoleTtys = List.copyOf(consoleTtys);
    }
}
