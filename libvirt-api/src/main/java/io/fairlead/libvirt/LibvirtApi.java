package io.fairlead.libvirt;

import io.fairlead.core.Engine;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.event.Subscription;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.QemuProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.server.ErrorMapper;
import io.fairlead.rpc.server.Procedure;
import io.fairlead.rpc.server.Program;
import io.fairlead.storage.pool.Storage;
import java.util.List;

/**
 * Serves an engine in libvirt's protocol: the procedures and the errors for an RPC server.
 *
 * <p>Make one per daemon, give {@link #programs()} and {@link #errorMapper()} to every server, and close it before the
 * servers, so that clients learn why they lose their connection.
 */
public final class LibvirtApi implements AutoCloseable {
    /** The programs' version, which has never changed. */
    private static final int VERSION = 1;

    private static final Program QEMU =
            new Program(QemuProcedure.PROGRAM, VERSION, List.of(), List.of(QemuProcedure.values()));

    private final Sessions sessions = new Sessions();
    private final Program remote;
    private final Program lxc;
    private final Subscription subscription;
    private final Subscription poolSubscription;

    /** @param events the bus of the engine and of the storage */
    public LibvirtApi(Engine engine, Storage storage, EventBus events, HostFacts host) {
        Domains domains = new Domains(engine.registry());
        remote = new Program(
                RemoteProcedure.PROGRAM, VERSION, remote(engine, storage, host, domains), RemoteProcedure.calls());
        Table lxcTable = new Table();
        new GuestProcedures(domains, engine.guests()).addLxcTo(lxcTable);
        lxc = new Program(LxcProcedure.PROGRAM, VERSION, lxcTable.procedures());
        subscription = events.subscribe(new DomainEventRelay(sessions)::relay, sessions::areListening);
        poolSubscription = events.subscribe(new PoolEventRelay(sessions)::relay, sessions::areListening);
    }

    /** The table of procedures. All others are answered as not supported, with the name of their function. */
    private List<Procedure<?, ?>> remote(Engine engine, Storage storage, HostFacts host, Domains domains) {
        Table table = new Table();
        new ConnectProcedures(host, sessions, engine.lifecycle()::ownerGone).addTo(table);
        new NodeProcedures(host).addTo(table);
        new NodeUsageProcedures(host).addTo(table);
        new DomainListProcedures(engine.registry()).addTo(table);
        new DomainDefinitionProcedures(domains, engine.definitions(), engine.guests()).addTo(table);
        new MetadataProcedures(domains, engine.definitions()).addTo(table);
        new DomainLifecycleProcedures(domains, engine.lifecycle()).addTo(table);
        new DomainStateProcedures(domains, engine.guests()).addTo(table);
        new CpuProcedures(domains, host).addTo(table);
        new JobProcedures(domains).addTo(table);
        new GuestProcedures(domains, engine.guests()).addTo(table);
        new ConsoleProcedures(domains, engine.guests()).addTo(table);
        new SnapshotProcedures(domains, engine.snapshots()).addTo(table);
        new SnapshotListProcedures(domains).addTo(table);
        new ManagedSaveProcedures(domains).addTo(table);
        new EventProcedures().addTo(table);
        EmptyNetworks.addTo(table);
        new StoragePoolListProcedures(storage).addTo(table);
        new StoragePoolProcedures(storage).addTo(table);
        new StorageVolumeProcedures(storage).addTo(table);
        new VolumeStreamProcedures(storage).addTo(table);
        EmptyFilters.addTo(table);
        EmptySecrets.addTo(table);
        EmptyInterfaces.addTo(table);
        EmptyNodeDevices.addTo(table);
        return table.procedures();
    }

    /**
     * The programs to serve: the remote one, lxc for entering a container's namespaces, and qemu's, all of it refused.
     */
    public List<Program> programs() {
        return List.of(remote, lxc, QEMU);
    }

    public ErrorMapper errorMapper() {
        return Errors::of;
    }

    /** Stops relaying events, and notifies registered clients that the server ends. */
    @Override
    public void close() {
        subscription.close();
        poolSubscription.close();
        sessions.announceClose();
    }
}
