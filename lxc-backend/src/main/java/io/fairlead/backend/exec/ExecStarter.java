package io.fairlead.backend.exec;

import io.fairlead.backend.monitor.MonitorAnswer;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.ExecExit;
import io.fairlead.core.backend.ExecSpec;
import io.fairlead.core.backend.LogRange;
import io.fairlead.core.backend.OutputReader;
import io.fairlead.kit.undo.Rollback;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Starts one process: intent and monitor ({@link WaitingExec}), description, answer. If the daemon is killed between
 * two steps, the intent stays on disk, and the next daemon removes what was half made ({@link ExecAdoption}).
 */
final class ExecStarter {
    private final ExecPrograms programs;
    private final String bootId;
    private final Duration limit;
    private final HalfMade halfMade;

    /** @param limit time after which a monitor and runtime that have not started the process are killed */
    ExecStarter(ExecPrograms programs, String bootId, Duration limit, HalfMade halfMade) {
        this.programs = programs;
        this.bootId = bootId;
        this.limit = limit;
        this.halfMade = halfMade;
    }

    /**
     * @param output null if no reader was wanted
     * @param monitor a child of this process; null if the process has ended
     */
    record Started(ExecProcess process, OutputReader output, SpawnedProcess monitor) {}

    /** A monitor for a process of that shape. */
    WaitingExec waiting(ExecGuest guest, MonitorShape shape) throws IOException {
        return WaitingExec.start(guest, programs, bootId, shape);
    }

    /**
     * @param text describes the process
     * @param attached whether a reader is there before the first instruction
     */
    Started start(ExecGuest guest, ExecSpec spec, byte[] text, WaitingExec waiting, boolean attached)
            throws IOException {
        try (Rollback rollback = new Rollback()) {
            rollback.onFailure("end the process", () -> waiting.discard(halfMade, guest));
            ExecProcess process = new ExecProcess(guest, waiting.folder(), waiting.record(), spec.stdio());
            OutputReader output = null;
            if (attached) {
                waiting.awaitSocket(limit);
                output = process.io().attach(LogRange.ALL);
                rollback.onFailure("close the reader", output::close);
            }
            MonitorAnswer answer = waiting.give(text, limit);
            if (answer == null) {
                throw new IOException("%s and %s have not started it within %d s and were killed"
                        .formatted(programs.conmon(), programs.runtime(), limit.toSeconds()));
            }
            if (answer.pid() > 0) {
                run(process, spec, answer.pid());
            } else {
                fail(guest, process, spec, waiting, answer.message());
            }
            rollback.commit();
            return new Started(process, output, process.ended() ? null : waiting.monitor());
        }
    }

    private static void run(ExecProcess process, ExecSpec spec, int pid) throws IOException {
        ExecRecord record = process.record().running(idOf(pid), System.currentTimeMillis(), spec.command());
        // From now on the next daemon takes the process over instead of ending it.
        record.write(process.folder().record());
        process.started(record, pid);
    }

    /** Null if it has ended already, and its monitor has seen that. */
    private static ProcessId idOf(int pid) throws IOException {
        try {
            return ProcessId.of(pid);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
                return null;
            }
            throw e;
        }
    }

    private void fail(ExecGuest guest, ExecProcess process, ExecSpec spec, WaitingExec waiting, String message)
            throws IOException {
        waiting.monitor().waitFor(limit);
        boolean aboutCommand = message != null && guest.init().isAlive();
        int status = aboutCommand ? StartFailure.status(message) : ExecExit.UNKNOWN;
        if (status == ExecExit.UNKNOWN) {
            throw new IOException(
                    message == null
                            ? "%s ended without an answer while it ran %s"
                                    .formatted(programs.conmon(), programs.runtime())
                            : message);
        }
        String words = "cannot execute '%s': %s".formatted(spec.command().get(0), StartFailure.words(message));
        ExecRecord record = waiting.record().failed(System.currentTimeMillis(), spec.command(), status, words);
        record.write(process.folder().record());
        process.started(record, 0);
        process.complete(new ExecExit(status, Instant.now(), words));
    }

    /** Ends a process whose end cannot be watched. */
    void discard(Started started) throws IOException {
        started.monitor().kill();
        if (started.process().record().process() != null) {
            halfMade.kill(started.process().record().process());
        }
        TreeRemover.remove(started.process().folder().path());
    }

    void discard(ExecGuest guest, WaitingExec waiting) throws IOException {
        waiting.discard(halfMade, guest);
    }
}
