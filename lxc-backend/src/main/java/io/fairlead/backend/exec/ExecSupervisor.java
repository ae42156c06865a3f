package io.fairlead.backend.exec;

import io.fairlead.kit.thread.DaemonThreads;
import io.fairlead.linux.process.ProcessWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes that are started in the guests of this instance. Safe for concurrent use. */
public final class ExecSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExecSupervisor.class);
    /** Each takes about 1.5 MiB. */
    private static final int STANDBYS_MAX = 16;

    private final Path folder;
    private final Runnable warmUp;
    private final ExecStarter starter;
    private final ExecEnds ends;
    private final ExecAdoption adoption;
    private final Semaphore standbys = new Semaphore(STANDBYS_MAX);
    private final ScheduledExecutorService maker =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.numbered("exec-standby"));

    /**
     * @param runDirectory of the instance
     * @param limit time after which a monitor and runtime that have not started a process are killed
     * @param warmUp run at the beginning of each start; returns at once. It takes waits in the kernel out of what
     *     follows
     * @param executor handles ends
     */
    public ExecSupervisor(
            Path runDirectory,
            String bootId,
            ExecPrograms programs,
            Duration limit,
            Runnable warmUp,
            ProcessWatcher watcher,
            Executor executor) {
        this.warmUp = warmUp;
        HalfMade halfMade = new HalfMade();
        this.folder = runDirectory.resolve("exec");
        this.starter = new ExecStarter(programs, bootId, limit, halfMade);
        this.ends = new ExecEnds(watcher, executor, halfMade);
        this.adoption = new ExecAdoption(bootId, ends, halfMade);
    }

    /** The folder of all processes of one guest. */
    public Path processesOf(UUID uuid) {
        return folder.resolve(uuid.toString());
    }

    /** The processes of a guest that starts. No file or process is touched before the first use. */
    public GuestExecs of(ExecGuest guest) {
        return new GuestExecs(guest, starter, ends, new ExecStandby(guest, starter, maker, standbys), warmUp);
    }

    /** The processes of a guest that an earlier daemon started. */
    public GuestExecs adopt(ExecGuest guest) throws IOException {
        GuestExecs execs = of(guest);
        if (Files.exists(guest.processes())) {
            execs.adoptFolder();
            for (ExecProcess process : adoption.find(guest)) {
                execs.adopt(process);
            }
        }
        return execs;
    }

    /**
     * Removes what is left of processes of guests that are not known at all.
     *
     * @param known whether there is, or was lately, a guest with that uuid
     */
    public void removeStrays(Predicate<String> known) throws IOException {
        for (Path processes : ExecAdoption.children(folder)) {
            String guest = processes.getFileName().toString();
            if (!known.test(guest)) {
                log.info("removing {}, the processes of a guest that is not known", processes);
                adoption.remove(processes);
            }
        }
    }

    /** Removes what is left of the processes of a guest that has ended while no daemon ran. */
    public void remove(UUID guest) throws IOException {
        if (Files.exists(processesOf(guest))) {
            adoption.remove(processesOf(guest));
        }
    }

    /** Makes no more monitors for later processes; those on standby are ended by {@link GuestExecs#letGo}. */
    @Override
    public void close() {
        maker.shutdownNow();
    }
}
