package io.fairlead.storage.driver;

import java.util.Optional;

/**
 * A content of a pool that never changes again.
 *
 * @param id of the form {@link LayerStore#ID_PATTERN}
 * @param parent the layer that it was imported upon; empty for one that is complete by itself
 */
public record Layer(String id, Optional<String> parent) {}
