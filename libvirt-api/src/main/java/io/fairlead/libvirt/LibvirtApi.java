package io.fairlead.libvirt;

import io.fairlead.core.Engine;
import io.fairlead.kit.event.EventBus;
import io.fairlead.kit.event.Subscription;
import io.fairlead.libvirt.connect.ConnectProcedures;
import io.fairlead.libvirt.domain.DomainApi;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.empty.EmptyApi;
import io.fairlead.libvirt.error.Errors;
import io.fairlead.libvirt.event.EventProcedures;
import io.fairlead.libvirt.event.EventRelay;
import io.fairlead.libvirt.node.HostFacts;
import io.fairlead.libvirt.node.NodeApi;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.libvirt.process.ProcessApi;
import io.fairlead.libvirt.session.Sessions;
import io.fairlead.libvirt.snapshot.SnapshotApi;
import io.fairlead.libvirt.storage.StorageApi;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.QemuProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.server.ErrorMapper;
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
    private final Program own;
    private final ProcessApi processes;
    private final Subscription subscription;

    /** @param events the bus of the engine and of the storage */
    public LibvirtApi(Engine engine, Storage storage, EventBus events, HostFacts host) {
        DomainApi domains = new DomainApi(engine, host);
        remote = remote(engine, storage, host, domains);
        Table lxcTable = new Table();
        domains.addLxcTo(lxcTable);
        lxc = new Program(LxcProcedure.PROGRAM, VERSION, lxcTable.procedures());
        processes = new ProcessApi(engine);
        own = processes.program();
        subscription = events.subscribe(new EventRelay(sessions)::relay, sessions::areListening);
    }

    /** The table of procedures. All others are answered as not supported, with the name of their function. */
    private Program remote(Engine engine, Storage storage, HostFacts host, DomainApi domains) {
        Table table = new Table();
        new ConnectProcedures(host, sessions, engine.lifecycle()::ownerGone).addTo(table);
        new EventProcedures().addTo(table);
        NodeApi.addTo(table, host);
        domains.addTo(table);
        SnapshotApi.addTo(table, new Domains(engine.registry()), engine.snapshots());
        StorageApi.addTo(table, storage);
        EmptyApi.addTo(table);
        return new Program(RemoteProcedure.PROGRAM, VERSION, table.procedures(), RemoteProcedure.calls());
    }

    /**
     * The programs to serve: the remote one, lxc for entering a container's namespaces, qemu's, all of it refused, and
     * Fairlead's own.
     */
    public List<Program> programs() {
        return List.of(remote, lxc, QEMU, own);
    }

    public ErrorMapper errorMapper() {
        return Errors::of;
    }

    /** Stops relaying events, and notifies registered clients that the server ends. */
    @Override
    public void close() {
        subscription.close();
        sessions.announceClose();
        processes.close();
    }
}
