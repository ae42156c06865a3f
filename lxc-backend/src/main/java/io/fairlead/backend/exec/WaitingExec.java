package io.fairlead.backend.exec;

import io.fairlead.backend.files.OwnFiles;
import io.fairlead.backend.monitor.LateConfig;
import io.fairlead.backend.monitor.MonitorAnswer;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.kit.undo.Rollback;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * A monitor whose runtime has been told the guest, and waits for the description of the process. It can be made before
 * it is known what is to be started. If the daemon is killed, the next one finds the intent in its folder and ends it.
 *
 * @param record the intent, with the monitor
 */
record WaitingExec(
        ExecFolder folder,
        MonitorShape shape,
        ExecRecord record,
        SpawnedProcess monitor,
        Pipe answers,
        LateConfig description) {
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Starts a monitor. Leaves nothing behind if that fails. */
    static WaitingExec start(ExecGuest guest, ExecPrograms programs, String bootId, MonitorShape shape)
            throws IOException {
        ExecFolder folder = ExecFolder.fresh(guest.processes());
        try (Rollback rollback = new Rollback()) {
            OwnFiles.makePassage(guest.processes().getParent());
            rollback.onFailure("remove the folder", () -> TreeRemover.remove(folder.path()));
            OwnFiles.makeFolder(folder.path());
            ExecRecord intent = ExecRecord.intent(bootId, shape);
            intent.write(folder.record());
            LateConfig description = LateConfig.at(folder.process());
            rollback.onFailure("close the description", description::close);
            Pipe answers = Pipe.open();
            rollback.onFailure("close the pipe", answers::close);
            SpawnedProcess monitor = programs.start(folder, guest.container(), shape, answers);
            rollback.onFailure("end the monitor", monitor::kill);
            ExecRecord record = intent.withMonitor(ProcessId.of(monitor.pid()));
            record.write(folder.record()); // while the monitor is being loaded
            rollback.commit();
            return new WaitingExec(folder, shape, record, monitor, answers, description);
        }
    }

    /** Whether it can still be used, for a process with such streams. */
    boolean fits(MonitorShape wanted) throws IOException {
        return wanted == shape && monitor.waitFor(Duration.ZERO).isEmpty();
    }

    /** Waits until the monitor listens at its socket. It does so before it starts the runtime. */
    void awaitSocket(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!Files.exists(folder.listening())) {
            if (monitor.waitFor(PAUSE).isPresent() || System.nanoTime() > deadline) {
                throw new IOException("its monitor did not open %s".formatted(folder.listening()));
            }
        }
    }

    /**
     * Lets it start the process.
     *
     * @return null if it has not answered in time
     */
    MonitorAnswer give(byte[] text, Duration limit) throws IOException {
        try (answers) {
            try (description) {
                description.write(text);
            }
            MonitorAnswer answer = MonitorAnswer.read(answers.reader(), limit);
            Files.deleteIfExists(folder.process()); // it may contain secrets
            return answer;
        }
    }

    /** Ends it, whether it waits or has failed. */
    void discard(HalfMade halfMade, ExecGuest guest) throws IOException {
        description.close();
        answers.close();
        monitor.kill();
        halfMade.kill(guest, folder);
        TreeRemover.remove(folder.path());
    }
}
