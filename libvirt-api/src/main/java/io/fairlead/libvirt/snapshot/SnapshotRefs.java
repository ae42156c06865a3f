package io.fairlead.libvirt.snapshot;

import io.fairlead.core.domain.Domain;
import io.fairlead.core.snapshot.Snapshot;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.error.NoSuch;
import io.fairlead.rpc.protocol.SnapshotRef;

/** Converts between snapshots on the wire and the engine's snapshots. */
final class SnapshotRefs {
    private final Domains domains;

    SnapshotRefs(Domains domains) {
        this.domains = domains;
    }

    Snapshot get(SnapshotRef ref) {
        return get(domains.get(ref.dom()), ref.name());
    }

    static Snapshot get(Domain domain, String name) {
        return domain.snapshots().find(name).orElseThrow(() -> NoSuch.snapshot(name));
    }

    static SnapshotRef ref(Domain domain, Snapshot snapshot) {
        return new SnapshotRef(snapshot.name(), Domains.ref(domain));
    }
}
