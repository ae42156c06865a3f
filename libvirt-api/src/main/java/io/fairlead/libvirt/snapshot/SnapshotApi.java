package io.fairlead.libvirt.snapshot;

import io.fairlead.core.service.DomainSnapshots;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.procedure.Table;

/** All procedures about snapshots. */
public final class SnapshotApi {
    private SnapshotApi() {}

    public static void addTo(Table table, Domains domains, DomainSnapshots snapshots) {
        new SnapshotProcedures(domains, snapshots).addTo(table);
        new SnapshotListProcedures(domains).addTo(table);
    }
}
