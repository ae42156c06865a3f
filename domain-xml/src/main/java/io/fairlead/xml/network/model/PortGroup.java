package io.fairlead.xml.network.model;

import java.util.Optional;

/** {@code <portgroup>}: settings of the interfaces that name it; those of the default one hold for all others. */
public record PortGroup(
        String name,
        boolean isDefault,
        Optional<Boolean> trustGuestRxFilters,
        Optional<Vlan> vlan,
        Optional<VirtualPort> virtualPort,
        Optional<Bandwidth> bandwidth) {}
