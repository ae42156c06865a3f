package io.fairlead.libvirt.domain;

import static io.fairlead.rpc.protocol.DomainSaveCalls.DOMAIN_HAS_MANAGED_SAVE_IMAGE;
import static io.fairlead.rpc.protocol.DomainSaveCalls.DOMAIN_MANAGED_SAVE_REMOVE;

import io.fairlead.libvirt.procedure.Flags;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.DomainSaveCalls.DomainHasManagedSaveImageRet;

/**
 * Answers that a domain has no saved state. {@code virsh undefine} asks for it first, and removes nothing if the answer
 * is zero. Calls that save are answered as unknown, which clients show as not supported.
 */
final class ManagedSaveProcedures {
    private final Domains domains;

    ManagedSaveProcedures(Domains domains) {
        this.domains = domains;
    }

    void addTo(Table table) {
        table.inline(DOMAIN_HAS_MANAGED_SAVE_IMAGE, (call, args) -> {
            Flags.none("virDomainHasManagedSaveImage", args.flags());
            domains.get(args.dom());
            return new DomainHasManagedSaveImageRet(0);
        });
        table.inline(DOMAIN_MANAGED_SAVE_REMOVE, (call, args) -> {
            Flags.none("virDomainManagedSaveRemove", args.flags());
            domains.get(args.dom());
            return null; // removing a missing image succeeds in libvirt, too
        });
    }
}
