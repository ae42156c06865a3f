package io.fairlead.core.intent;

import io.fairlead.kit.store.DamagedFile;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The intents that a start found on disk. */
public record LoadedIntents(Map<UUID, StoredIntent> intents, List<DamagedFile> damaged) {
    public LoadedIntents {
        intents = Map.copyOf(intents);
        damaged = List.copyOf(damaged);
    }
}
