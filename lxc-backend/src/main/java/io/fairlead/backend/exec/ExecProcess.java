package io.fairlead.backend.exec;

import io.fairlead.backend.console.MonitoredIo;
import io.fairlead.core.backend.Exec;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.core.backend.Stdio;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.process.Pidfd;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One process that was started in a guest. Safe for concurrent use. */
final class ExecProcess implements Exec {
    private static final int SIGNAL_MAX = 64;

    private final ExecFolder folder;
    private final MonitoredIo io;
    private final CompletableFuture<ExecExit> exit = new CompletableFuture<>();
    private volatile ExecRecord record;
    private volatile int pid;

    /**
     * A process that is about to start.
     *
     * @param record the intent
     */
    ExecProcess(ExecGuest guest, ExecFolder folder, ExecRecord record, Stdio stdio) {
        this.folder = folder;
        this.record = record;
        String subject = "process %s of domain %s".formatted(folder.id(), guest.name());
        this.io = guest.streams().of(subject, folder.path(), stdio, this::dead);
    }

    /** A process that an earlier daemon started. */
    static ExecProcess adopted(ExecGuest guest, ExecFolder folder, ExecRecord record) {
        ExecProcess process =
                new ExecProcess(guest, folder, record, record.shape().stdio());
        process.pid = record.process() == null ? 0 : record.process().pid();
        return process;
    }

    private boolean dead() {
        ExecRecord now = record;
        boolean runs = now.process() != null && now.process().isAlive();
        return now.stage() != ExecRecord.Stage.STARTING && !runs;
    }

    /** @param hostPid 0 if the command could not be executed */
    void started(ExecRecord now, int hostPid) {
        record = now;
        pid = hostPid;
    }

    ExecFolder folder() {
        return folder;
    }

    ExecRecord record() {
        return record;
    }

    @Override
    public String id() {
        return folder.id();
    }

    @Override
    public List<String> command() {
        return record.command();
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public Instant started() {
        return Instant.ofEpochMilli(record.startedMillis());
    }

    @Override
    public MonitoredIo io() {
        return io;
    }

    @Override
    public CompletionStage<ExecExit> exit() {
        return exit.minimalCompletionStage();
    }

    boolean ended() {
        return exit.isDone();
    }

    void complete(ExecExit how) {
        exit.complete(how);
    }

    @Override
    public void signal(int signal) {
        if (signal < 0 || signal > SIGNAL_MAX) {
            throw new EngineException(
                    ErrorCode.INVALID_ARG, "signal: %d (expected: 0..%d)".formatted(signal, SIGNAL_MAX));
        }
        ProcessId process = record.process();
        if (process == null || exit.isDone()) {
            throw hasEnded(null);
        }
        try (Pidfd open = Pidfd.open(process)) {
            open.signal(signal);
        } catch (ErrnoException e) {
            throw e.errno() == Errno.ESRCH ? hasEnded(e) : cannotSignal(e);
        } catch (IOException e) {
            throw cannotSignal(e);
        }
    }

    private EngineException hasEnded(IOException cause) {
        return new EngineException(
                ErrorCode.OPERATION_INVALID, "cannot signal process %s: it has ended".formatted(id()), cause);
    }

    private EngineException cannotSignal(IOException cause) {
        return new EngineException(
                ErrorCode.INTERNAL_ERROR, "cannot signal process %s: %s".formatted(id(), cause.getMessage()), cause);
    }
}
