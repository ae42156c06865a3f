package io.fairlead.xml.domain.model;

import java.util.List;

/** {@code <idmap>}: both lists empty for no user namespace, else neither is. */
public record IdMap(List<Range> uids, List<Range> gids) {
    /** The ids start..start+count-1 inside are target..target+count-1 on the host; all unsigned 32-bit. */
    public record Range(long start, long target, long count) {}

    public IdMap {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /** Whether the container gets a user namespace. */
    public boolean isPresent() {
        return !uids.isEmpty();
    }
}
