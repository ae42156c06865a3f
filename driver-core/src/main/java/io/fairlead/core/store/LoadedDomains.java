package io.fairlead.core.store;

import java.util.List;

/** What a start found on disk. */
public record LoadedDomains(List<StoredDomain> domains, List<DamagedFile> damaged) {
    public LoadedDomains {
        domains = List.copyOf(domains);
        damaged = List.copyOf(damaged);
    }
}
