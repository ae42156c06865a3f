package io.fairlead.linux.process;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * Runs a tool to its end, with a time limit, and captures its output. Its process group dies with it when the time runs
 * out.
 *
 * <p>Commons Exec pumps and watches, on four threads; {@link Spawn} makes the process. What runs often, as monitors and
 * runtimes do, goes through {@link Spawn} alone.
 */
public final class Command {
    private static final int CAPTURE_LIMIT = 64 << 10;
    /** How long a killed tool may take to die before we stop waiting for it. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Spawn spawn;
    private final List<String> command;
    private Duration limit = Duration.ofSeconds(30);
    private int captureLimit = CAPTURE_LIMIT;

    private Command(List<String> command) {
        this.command = List.copyOf(command);
        this.spawn = Spawn.of(command);
    }

    public static Command of(String... command) {
        return new Command(List.of(command));
    }

    public static Command of(List<String> command) {
        return new Command(command);
    }

    /** The whole environment; without this call it is ours. */
    public Command environment(Map<String, String> variables) {
        spawn.environment(variables);
        return this;
    }

    public Command directory(Path path) {
        spawn.directory(path);
        return this;
    }

    /** 30 seconds unless set. */
    public Command within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** How many bytes of each output stream are kept, 64 KiB unless set; the rest is read and dropped. */
    public Command captureLimit(int bytes) {
        captureLimit = bytes;
        return this;
    }

    /** One of our descriptors for the program, beside its standard ones. */
    public Command descriptor(int theirs, int ours) {
        spawn.descriptor(theirs, ours);
        return this;
    }

    /**
     * Runs it. A status other than 0 is a result, not an exception: see {@link CommandResult#orThrow}. The calling
     * thread starts it, so that it gets that thread's namespaces; an interrupt of that thread changes nothing.
     *
     * @throws ErrnoException if it cannot be started, or with ETIMEDOUT when the time ran out
     */
    public CommandResult run() throws IOException {
        CapturedOutput output = new CapturedOutput(captureLimit);
        CapturedOutput errors = new CapturedOutput(captureLimit);
        try (PipedProcess process = PipedProcess.start(spawn, command.get(0))) {
            ExecuteWatchdog watchdog =
                    ExecuteWatchdog.builder().setTimeout(limit).get();
            ToolEnd end = new ToolEnd();
            ToolExecutor executor = new ToolExecutor(process);
            executor.setStreamHandler(new PumpStreamHandler(output, errors));
            executor.setWatchdog(watchdog);
            executor.setExitValues(null); // any: the caller judges
            executor.execute(new CommandLine(command.get(0)), end);
            int status = end.await(limit.plus(MARGIN));
            if (watchdog.killedProcess()) {
                throw new ErrnoException(Errno.ETIMEDOUT, "waiting for", String.join(" ", command));
            }
            return new CommandResult(command, status, output.text(), errors.text());
        }
    }
}
