package io.fairlead.libvirt.domain;

import io.fairlead.core.Engine;
import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.libvirt.procedure.Table;

/** All procedures about domains, except those about snapshots and events. */
public final class DomainApi {
    private final Engine engine;
    private final HostFacts host;
    private final Domains domains;
    private final GuestProcedures guests;

    /** @param host tells the machine's CPUs, of which a container may use all */
    public DomainApi(Engine engine, HostFacts host) {
        this.engine = engine;
        this.host = host;
        this.domains = new Domains(engine.registry());
        this.guests = new GuestProcedures(domains, engine.guests());
    }

    /** The procedures of the remote program. */
    public void addTo(Table table) {
        new DomainListProcedures(engine.registry()).addTo(table);
        new DomainDefinitionProcedures(domains, engine.definitions(), engine.guests()).addTo(table);
        new MetadataProcedures(domains, engine.definitions()).addTo(table);
        new DomainLifecycleProcedures(domains, engine.lifecycle()).addTo(table);
        new DomainStateProcedures(domains, engine.guests()).addTo(table);
        new CpuProcedures(domains, host).addTo(table);
        StatisticsProcedures.addTo(table);
        new JobProcedures(domains).addTo(table);
        guests.addTo(table);
        new ConsoleProcedures(domains, engine.guests()).addTo(table);
        new ManagedSaveProcedures(domains).addTo(table);
    }

    /** The procedures of the lxc program. */
    public void addLxcTo(Table table) {
        guests.addLxcTo(table);
    }
}
