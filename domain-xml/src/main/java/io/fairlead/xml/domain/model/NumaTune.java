package io.fairlead.xml.domain.model;

import io.fairlead.xml.value.CpuSet;
import java.util.Optional;

/** {@code <numatune><memory>}; the node set is empty for placement='auto'. */
public record NumaTune(Mode mode, Optional<CpuSet> nodeset) {
    /** How strictly memory stays on the nodes. */
    public enum Mode {
        STRICT,
        PREFERRED,
        INTERLEAVE,
        RESTRICTIVE
    }
}
