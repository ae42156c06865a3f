package io.fairlead.backend.exec;

import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Pipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The programs that start a process in a guest, and the command line of the monitor: conmon 2.1.6, which calls the
 * runtime's {@code exec}. The monitor stays a child of this process ({@code --sync} saves a fork), in a session of its
 * own.
 *
 * @param runtimeOptions options before the runtime's command
 */
public record ExecPrograms(Path conmon, Path runtime, List<String> runtimeOptions) {
    /**
     * Size at which the log of a process is begun anew. The run directory usually lies in memory. It is much more than
     * a client may be behind before the process waits for it.
     */
    public static final long LOG_BYTES = 1 << 20;

    static final String BUNDLE = "--bundle=";
    public static final String LOG = "log";
    public static final String ATTACH_SOCKET = "attach";
    private static final int SYNC_PIPE = 3;

    public ExecPrograms {
        runtimeOptions = List.copyOf(runtimeOptions);
    }

    /** @param answers the monitor gets its writing end, and this process closes its own copy */
    SpawnedProcess start(ExecFolder folder, String container, MonitorShape shape, Pipe answers) throws IOException {
        SpawnedProcess monitor = Spawn.of(arguments(folder, container, shape))
                .directory(folder.path())
                // conmon makes a socket for the terminal in TMPDIR. The path is relative: it must fit into 107 bytes.
                .environment(Map.of(
                        "TMPDIR",
                        ".",
                        "PATH",
                        "/usr/sbin:/usr/bin:/sbin:/bin",
                        "_OCI_SYNCPIPE",
                        Integer.toString(SYNC_PIPE)))
                .newSession()
                .descriptor(SYNC_PIPE, answers.writer().number())
                .start();
        answers.writer().close();
        return monitor;
    }

    /** @param container the guest's name for the runtime */
    List<String> arguments(ExecFolder folder, String container, MonitorShape shape) {
        List<String> arguments = new ArrayList<>(List.of(
                conmon.toString(),
                "--sync",
                "--api-version",
                "--exec",
                "--exec-process-spec=" + folder.process(),
                "--cid=" + container,
                "--cuuid=" + folder.id(),
                "--runtime=" + runtime,
                BUNDLE + folder.path(),
                "--container-pidfile=" + folder.pidFile(),
                // conmon writes the exit status to the file "exit" there.
                "--persist-dir=" + folder.path(),
                // The socket is bound relative to the bundle, whatever the length of its path.
                "--full-attach",
                "--log-path=k8s-file:" + LOG,
                "--log-size-max=" + LOG_BYTES,
                "--no-sync-log"));
        arguments.addAll(shape.options());
        runtimeOptions.forEach(option -> arguments.add("--runtime-arg=" + option));
        return arguments;
    }
}
