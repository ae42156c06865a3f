package io.fairlead.backend.exec;

import io.fairlead.core.backend.ExecExit;
import io.fairlead.linux.process.ProcessWatcher;
import io.fairlead.linux.process.SpawnedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices the end of a process by the end of its monitor, which writes the exit status before it ends. A killed monitor
 * leaves no status. Its process, whose output is then lost, is killed, and the status is unknown.
 */
final class ExecEnds {
    private static final Logger log = LoggerFactory.getLogger(ExecEnds.class);
    private static final Pattern STATUS = Pattern.compile("-1|[0-9]{1,3}");
    private static final Duration REAP_LIMIT = Duration.ofSeconds(1);
    /** How long the monitors of a guest that has ended may take to end. */
    private static final Duration LAST_LIMIT = Duration.ofSeconds(5);

    private final ProcessWatcher watcher;
    private final Executor executor;
    private final HalfMade halfMade;

    ExecEnds(ProcessWatcher watcher, Executor executor, HalfMade halfMade) {
        this.watcher = watcher;
        this.executor = executor;
        this.halfMade = halfMade;
    }

    /**
     * @param monitor null if it is not a child of this process
     * @param told called once, after the process's exit is complete
     */
    void watch(ExecProcess process, SpawnedProcess monitor, Consumer<ExecProcess> told) throws IOException {
        watcher.watch(process.record().monitor(), () -> executor.execute(() -> end(process, monitor, told)));
    }

    private void end(ExecProcess process, SpawnedProcess monitor, Consumer<ExecProcess> told) {
        try {
            if (monitor != null) {
                monitor.waitFor(REAP_LIMIT);
            }
        } catch (IOException e) {
            log.warn("the monitor of process {} has ended, but stays in the list of processes", process.id(), e);
        }
        process.complete(exit(process));
        told.accept(process);
    }

    /** How a process ended whose monitor has ended. */
    ExecExit exit(ExecProcess process) {
        ExecRecord record = process.record();
        if (record.stage() == ExecRecord.Stage.FAILED) {
            return new ExecExit(record.status(), process.started(), record.failure());
        }
        try {
            String text = Files.readString(process.folder().exit()).strip();
            Instant at = Files.getLastModifiedTime(process.folder().exit()).toInstant();
            if (STATUS.matcher(text).matches() && Integer.parseInt(text) <= 255) {
                return new ExecExit(Integer.parseInt(text), at);
            }
            log.error("{} is damaged: '{}'", process.folder().exit(), text);
        } catch (NoSuchFileException e) {
            log.info("the monitor has left no status of process {}", process.id());
        } catch (IOException e) {
            log.error("{} cannot be read", process.folder().exit(), e);
        }
        killUnwatched(process);
        return new ExecExit(ExecExit.UNKNOWN, Instant.now());
    }

    private void killUnwatched(ExecProcess process) {
        if (process.record().process() == null) {
            return;
        }
        try {
            halfMade.kill(process.record().process());
        } catch (IOException e) {
            log.error("process {} has lost its monitor and cannot be ended", process.id(), e);
        }
    }

    /** Waits for the ends of processes that have been killed. Those that cannot be heard of count as ended. */
    void awaitAll(List<ExecProcess> processes) {
        long deadline = System.nanoTime() + LAST_LIMIT.toNanos();
        for (ExecProcess process : processes) {
            try {
                process.exit().toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                log.warn("the end of process {} was not reported in time", process.id(), e);
                killMonitor(process);
                process.complete(new ExecExit(ExecExit.UNKNOWN, Instant.now()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void killMonitor(ExecProcess process) {
        try {
            halfMade.kill(process.record().monitor());
        } catch (IOException e) {
            log.error("the monitor of process {} cannot be ended", process.id(), e);
        }
    }
}
