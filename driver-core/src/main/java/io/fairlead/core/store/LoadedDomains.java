package io.fairlead.core.store;

import io.fairlead.kit.store.DamagedFile;
import java.util.List;

/** The domains that a start found on disk. */
public record LoadedDomains(List<StoredDomain> domains, List<DamagedFile> damaged) {
    public LoadedDomains {
        domains = List.copyOf(domains);
        damaged = List.copyOf(damaged);
    }
}
