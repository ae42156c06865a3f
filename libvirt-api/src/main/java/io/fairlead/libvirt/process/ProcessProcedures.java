package io.fairlead.libvirt.process;

import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_ATTACH;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_LIST;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_RESIZE;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_EXEC_SIGNAL;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_LOG;
import static io.fairlead.rpc.protocol.FairleadProcedure.CALL_PROCESS_LIST;

import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.Io;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.core.backend.Processes;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import io.fairlead.core.domain.Domain;
import io.fairlead.core.service.DomainProcesses;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.libvirt.domain.Domains;
import io.fairlead.libvirt.procedure.Table;
import io.fairlead.rpc.protocol.FairleadProcedure;
import io.fairlead.rpc.protocol.FairleadProcedure.ContainerArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecInfo;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecListRet;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRef;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecResizeArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ExecRet;
import io.fairlead.rpc.protocol.FairleadProcedure.LogArgs;
import io.fairlead.rpc.protocol.FairleadProcedure.ProcessInfo;
import io.fairlead.rpc.protocol.FairleadProcedure.ProcessListRet;
import io.fairlead.rpc.server.Call;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The procedures of Fairlead's own program: processes that are started in a running container, and its log. */
final class ProcessProcedures {
    /** Most streams of this program that may be open at once. An idle one costs no thread. */
    private static final int STREAMS_MAX = 1000;

    private static final long NANOS = 1_000_000_000;

    private final Domains domains;
    private final DomainProcesses processes;
    private final Executor executor;
    private final Semaphore free = new Semaphore(STREAMS_MAX);

    /** @param executor runs the work of streams, which may block */
    ProcessProcedures(Domains domains, DomainProcesses processes, Executor executor) {
        this.domains = domains;
        this.processes = processes;
        this.executor = executor;
    }

    void addTo(Table table) {
        table.worker(CALL_EXEC, this::exec);
        table.worker(CALL_EXEC_ATTACH, this::attach);
        table.action(CALL_EXEC_SIGNAL, (call, args) -> find(args.exec()).signal(args.signal()));
        table.action(CALL_EXEC_RESIZE, (call, args) -> resize(args));
        table.worker(CALL_EXEC_LIST, (call, args) -> list(args));
        table.worker(CALL_PROCESS_LIST, (call, args) -> all(args));
        table.worker(CALL_LOG, this::log);
    }

    private ExecRet exec(Call call, ExecArgs args) {
        ExecSpec spec = spec(args);
        Domain domain = domains.named(args.container());
        return reserving(() -> {
            Processes.Attached attached = processes.execAttached(domain, spec);
            Exec exec = attached.exec();
            ProcessStream.of(exec.io(), attached.output(), exec.exit(), executor, free::release)
                    .start(call);
            return new ExecRet(exec.id(), exec.pid(), exec.io().stdio().isTerminal());
        });
    }

    private ExecRet attach(Call call, ExecRef args) {
        Exec exec = find(args);
        return reserving(() -> {
            ProcessStream.of(null, read(exec.io()), exec.exit(), executor, free::release)
                    .start(call);
            return new ExecRet(exec.id(), exec.pid(), exec.io().stdio().isTerminal());
        });
    }

    /** All output from the first byte on, at the pace of the client if the process still runs. */
    private static OutputReader read(Io io) {
        try {
            return io.attach(LogRange.ALL);
        } catch (EngineException e) {
            if (e.code() != ErrorCode.OPERATION_INVALID) {
                throw e;
            }
            return io.log(LogRange.ALL, true); // it has ended meanwhile
        }
    }

    private Void log(Call call, LogArgs args) {
        if (args.tail() < -1 || args.since() < 0) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG,
                    "lines of a log: %d, since: %d (expected: at least -1 and 0)".formatted(args.tail(), args.since()));
        }
        LogRange range = LogRange.ALL
                .since(args.since() == 0 ? Instant.MIN : Instant.ofEpochSecond(0, args.since()))
                .last(args.tail() < 0 ? Long.MAX_VALUE : args.tail());
        Domain domain = domains.named(args.container());
        return reserving(() -> {
            OutputReader reader = processes.log(domain, range, args.follow());
            ProcessStream.of(null, reader, CompletableFuture.completedStage(null), executor, free::release)
                    .start(call);
            return null;
        });
    }

    private <T> T reserving(Supplier<T> opening) {
        if (!free.tryAcquire()) {
            throw new EngineException(
                    ErrorCode.RESOURCE_BUSY, "cannot open more than %d streams at once".formatted(STREAMS_MAX));
        }
        boolean opened = false;
        try {
            T result = opening.get();
            opened = true;
            return result;
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }

    private void resize(ExecResizeArgs args) {
        find(args.exec()).io().resize(size(args.rows(), args.columns()));
    }

    private ExecListRet list(ContainerArgs args) {
        List<ExecInfo> all = processes.execs(domains.named(args.container())).stream()
                .map(ProcessProcedures::info)
                .toList();
        return new ExecListRet(all);
    }

    private static ExecInfo info(Exec exec) {
        ExecExit exit = exec.exit().toCompletableFuture().getNow(null);
        long started = exec.started().getEpochSecond() * NANOS + exec.started().getNano();
        return new ExecInfo(
                exec.id(),
                exec.command(),
                exit == null ? exec.pid() : 0,
                exit == null,
                exit == null ? ExecExit.UNKNOWN : exit.status(),
                started);
    }

    private ProcessListRet all(ContainerArgs args) {
        List<ProcessInfo> all = processes.all(domains.named(args.container())).stream()
                .limit(FairleadProcedure.PROCESSES)
                .map(process -> new ProcessInfo(process.inside(), process.outside(), process.command()))
                .toList();
        return new ProcessListRet(all);
    }

    private Exec find(ExecRef ref) {
        return processes.exec(domains.named(ref.container()), ref.id());
    }

    private static ExecSpec spec(ExecArgs args) {
        Stdio stdio = args.terminal()
                ? new Stdio.Terminal(size(args.rows(), args.columns()))
                : new Stdio.Pipes(args.stdin() ? Stdio.Input.ONCE : Stdio.Input.CLOSED);
        Set<Long> groups = Arrays.stream(args.groups()).boxed().collect(Collectors.toSet());
        Set<String> capabilities = args.capabilities() == null
                ? null
                : Set.copyOf(args.capabilities().names());
        return new ExecSpec(
                args.command(), stdio, args.user(), groups, args.environment(), args.directory(), capabilities);
    }

    private static TerminalSize size(int rows, int columns) {
        try {
            return new TerminalSize(rows, columns);
        } catch (IllegalArgumentException e) {
            throw new EngineException(ErrorCode.INVALID_ARG, e.getMessage(), e);
        }
    }
}
