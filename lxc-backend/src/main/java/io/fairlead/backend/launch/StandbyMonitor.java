package io.fairlead.backend.launch;

import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.files.OwnFiles;
import io.fairlead.backend.monitor.LateConfig;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.kit.undo.Rollback;
import io.fairlead.linux.file.TreeRemover;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.socket.Fifo;
import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A monitor with its runtime, started before the launch that will use it. Both have been loaded, and the runtime waits
 * for its configuration. All files named on their command lines lie in a folder of its own, which becomes the guest's
 * by a rename. A link takes the folder's place, so that the old paths stay valid.
 */
final class StandbyMonitor {
    private static final int OWNER_ONLY = 0600;

    private final GuestFolder folder;
    private final ConsoleLog log;
    private final Pipe answers;
    private final LateConfig configuration;
    private final SpawnedProcess monitor;

    private StandbyMonitor(
            GuestFolder folder, ConsoleLog log, Pipe answers, LateConfig configuration, SpawnedProcess monitor) {
        this.folder = folder;
        this.log = log;
        this.answers = answers;
        this.configuration = configuration;
        this.monitor = monitor;
    }

    /**
     * Starts a monitor and waits until its runtime waits for the configuration. Leaves nothing behind if that fails.
     */
    static StandbyMonitor make(BackendConfig config, MonitorCommand monitors, MonitorShape shape, Duration limit)
            throws IOException {
        GuestFolder folder =
                GuestFolder.standby(config.runDirectory(), UUID.randomUUID().toString());
        ConsoleLog log = ConsoleLog.in(logs(config.logDirectory()).resolve(folder.id()), config.consoleLogBytes());
        try (Rollback rollback = new Rollback()) {
            rollback.onFailure("remove the standby monitor's files", () -> removeFiles(folder, log));
            OwnFiles.makeFolder(folder.path());
            OwnFiles.makePassage(folder.states());
            Files.createSymbolicLink(folder.logLink(), log.path().getParent());
            log.begin();
            Fifo.create(folder.config(), OWNER_ONLY);
            Pipe answers = Pipe.open();
            rollback.onFailure("close the pipe", answers::close);
            SpawnedProcess monitor = monitors.start(
                    folder, folder.id(), MonitorTitle.OF_NO_GUEST, log, shape, answers, List.of(), List.of());
            rollback.onFailure("kill the standby monitor", monitor::kill);
            LateConfig configuration = LateConfig.awaitReader(folder.config(), limit);
            rollback.commit();
            return new StandbyMonitor(folder, log, answers, configuration, monitor);
        }
    }

    /** The folder of the logs of all monitors that were not taken. */
    static Path logs(Path logDirectory) {
        return logDirectory.resolve("standby");
    }

    SpawnedProcess monitor() {
        return monitor;
    }

    Pipe answers() {
        return answers;
    }

    boolean isAlive() throws IOException {
        return monitor.waitFor(Duration.ZERO).isEmpty();
    }

    /** Its name for runtime and monitor. */
    String id() {
        return folder.id();
    }

    /**
     * Makes its folder the guest's, atomically and with the record of the launch in it. Then makes its log the guest's;
     * the old log was moved away before.
     *
     * @param guest the guest's folder, which does not exist yet
     * @return the configuration to be written
     */
    LateConfig become(GuestFolder guest, GuestRecord intent, ConsoleLog guestLog) throws IOException {
        intent.write(folder.record());
        OwnFiles.makePassage(guest.path().getParent());
        Files.move(folder.path(), guest.path(), StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(folder.path(), guest.path());
        Path own = log.path().getParent();
        Files.move(log.path(), guestLog.path(), StandardCopyOption.ATOMIC_MOVE);
        relink(guest.logLink(), guestLog.path().getParent());
        Files.deleteIfExists(log.previous());
        Files.delete(own);
        return configuration.in(guest.config());
    }

    private static void relink(Path link, Path target) throws IOException {
        Path fresh = link.resolveSibling(link.getFileName() + ".new");
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Ends a monitor that was not taken, or whose launch has failed. In the latter case its folder is the guest's, and
     * only the link is left.
     */
    void discard() throws IOException {
        configuration.close();
        answers.close();
        monitor.kill();
        removeFiles(folder, log);
    }

    private static void removeFiles(GuestFolder folder, ConsoleLog log) throws IOException {
        if (Files.isSymbolicLink(folder.path())) {
            Files.delete(folder.path());
        } else {
            TreeRemover.remove(folder.path());
        }
        TreeRemover.remove(folder.state());
        TreeRemover.remove(log.path().getParent());
    }
}
