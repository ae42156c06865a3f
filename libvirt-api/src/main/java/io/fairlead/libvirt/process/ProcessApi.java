package io.fairlead.libvirt.process;

import io.fairlead.core.Engine;
import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.FairleadProcedure;
import io.fairlead.rpc.server.Program;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fairlead's own program: processes in running containers, and what containers have written. */
public final class ProcessApi implements AutoCloseable {
    private final ExecutorService threads = threads();
    private final Program program;

    public ProcessApi(Engine engine) {
        Table table = new Table();
        new ProcessProcedures(new Domains(engine.registry()), engine.processes(), threads).addTo(table);
        program = new Program(FairleadProcedure.PROGRAM, FairleadProcedure.VERSION, table.procedures());
    }

    public Program program() {
        return program;
    }

    /** Threads that exist only while a process has output or input to be carried. */
    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(DaemonThreads.numbered("process-stream"));
    }

    /** No more output or input is carried. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
