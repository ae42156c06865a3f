package io.fairlead.backend.launch;

import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * conmon's command line, for version 2.1.6. conmon stays a child of this process ({@code --sync} saves a fork), in a
 * session of its own. When the daemon dies, the host's init inherits it.
 */
final class MonitorCommand {
    private static final int FIRST_INIT_FILE = 3;

    private final Path conmon;
    private final OciRuntime runtime;

    MonitorCommand(Path conmon, OciRuntime runtime) {
        this.conmon = conmon;
        this.runtime = runtime;
    }

    /**
     * @param title as in {@link MonitorTitle}
     * @param answers the monitor gets its writing end and this process closes its own copy, so that the monitor's death
     *     is an end of file
     * @param initFiles descriptors that init gets as 3, 4, ...
     * @param held descriptors that the monitor is to hold as long as it lives
     */
    SpawnedProcess start(
            GuestFolder folder,
            String name,
            String title,
            ConsoleLog log,
            MonitorShape shape,
            Pipe answers,
            List<Integer> initFiles,
            List<Integer> held)
            throws IOException {
        List<Integer> passed = new ArrayList<>(initFiles);
        int syncPipe = FIRST_INIT_FILE + passed.size();
        passed.add(answers.writer().number());
        passed.addAll(held);
        Spawn spawn = Spawn.of(arguments(folder, name, title, log, shape, initFiles.size()))
                .directory(folder.path())
                .environment(environment(syncPipe))
                .newSession();
        for (int file = 0; file < passed.size(); file++) {
            spawn.descriptor(FIRST_INIT_FILE + file, passed.get(file));
        }
        SpawnedProcess monitor = spawn.start();
        answers.writer().close();
        return monitor;
    }

    // conmon makes a socket for the terminal in TMPDIR. The path is relative, because the whole path must fit into 107
    // bytes, and because the socket then stays in the guest's folder if conmon is killed.
    private static Map<String, String> environment(int syncPipe) {
        return Map.of(
                "TMPDIR", ".", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "_OCI_SYNCPIPE", Integer.toString(syncPipe));
    }

    List<String> arguments(
            GuestFolder folder, String name, String title, ConsoleLog log, MonitorShape shape, int initFiles) {
        List<String> arguments = new ArrayList<>(List.of(
                conmon.toString(),
                "--sync",
                "--api-version",
                "--cid=" + folder.id(),
                "--cuuid=" + folder.id(),
                "--name=" + name,
                "--runtime=" + runtime.program(),
                "--bundle=" + folder.path(),
                "--container-pidfile=" + folder.initPidFile(),
                // conmon writes the exit status to the file "exit" there.
                "--persist-dir=" + folder.path(),
                // The socket is bound relative to the bundle, whatever the length of its path.
                "--full-attach",
                // Through a link, since conmon ends the path at a colon.
                "--log-path=k8s-file:" + GuestFolder.LOG_LINK + "/" + log.path().getFileName(),
                "--log-size-max=" + log.limitBytes(),
                // The log need not survive a power cut; fsync would make each end wait for the disk.
                "--no-sync-log"));
        arguments.addAll(shape.options());
        runtime.globalOptions(folder.states()).forEach(option -> arguments.add("--runtime-arg=" + option));
        if (initFiles > 0) {
            arguments.add("--runtime-opt=--preserve-fds=" + initFiles);
        }
        arguments.addAll(MonitorTitle.arguments(title));
        return arguments;
    }

    /**
     * The name of the guest or standby below this run directory whose monitor has these arguments; empty if they are
     * another process's.
     */
    static Optional<String> idOf(List<String> arguments, Path runDirectory) {
        List<String> bundles = List.of(
                "--bundle=" + GuestFolder.guests(runDirectory) + "/",
                "--bundle=" + GuestFolder.standbys(runDirectory) + "/");
        return arguments.stream()
                .flatMap(argument -> bundles.stream()
                        .filter(argument::startsWith)
                        .map(bundle -> argument.substring(bundle.length())))
                .findFirst();
    }
}
