package io.fairlead.xml.network.model;

import java.util.List;
import java.util.Optional;

/**
 * {@code <vlan>}.
 *
 * @param trunk whether frames keep their tags; always with more than one tag
 */
public record Vlan(boolean trunk, List<Tag> tags) {
    public Vlan {
        tags = List.copyOf(tags);
    }

    /**
     * @param id 0..4095
     * @param nativeMode {@code tagged} or {@code untagged}, of the one tag that untagged frames get
     */
    public record Tag(int id, Optional<String> nativeMode) {}
}
