package io.fairlead.linux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A User-Mode Linux machine: a second kernel as a process, for features that the host's kernel lacks and for cutting
 * the power. Inside, the host's tree is there read-only; only the scratch folder can be written. It has cgroup v2 and
 * one CPU.
 */
public final class UmlMachine implements AutoCloseable {
    private static final String KERNEL = "linux.uml";
    private static final String INIT = "uml-init.sh";
    private static final int CONSOLE_SHOWN = 4000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Path scratch;
    private final Process process;

    private UmlMachine(Path scratch, Process process) {
        this.scratch = scratch;
        this.process = process;
    }

    /**
     * Boots a machine that runs one command and powers off.
     *
     * @param scratch a folder of its own, without white space in its path; files that the command leaves there stay
     * @param modules kernel modules to load
     * @param command a shell script
     */
    public static UmlMachine boot(Path scratch, List<String> modules, String command) throws IOException {
        Path folder = scratch.toRealPath();
        Files.deleteIfExists(folder.resolve("status"));
        Files.writeString(folder.resolve("command"), command);
        Path init = folder.resolve(INIT);
        try (InputStream script = UmlMachine.class.getResourceAsStream(INIT)) {
            Files.write(init, script.readAllBytes());
        }
        if (!init.toFile().setExecutable(true)) {
            throw new IOException("cannot make %s executable".formatted(init));
        }
        ProcessBuilder builder = new ProcessBuilder(
                KERNEL,
                "mem=2500M",
                "root=/dev/root",
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "uml_dir=" + folder + "/",
                "con=null",
                "con0=null,fd:1",
                "quiet",
                "init=" + init,
                "SCRATCH=" + folder,
                "MODULES=" + String.join(",", modules));
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile());
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().putAll(UmlXstate.environment(folder));
        builder.redirectInput(Path.of("/dev/null").toFile());
        return new UmlMachine(folder, builder.start());
    }

    /**
     * Waits for the command's end and the power-off; returns the command's exit status.
     *
     * @throws IOException if it ends without a status or not in time; the message holds the console's output
     */
    public int waitFor(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            cutPower();
            throw new IOException("the machine did not end within %s\n%s".formatted(limit, console()));
        }
        Path status = scratch.resolve("status");
        if (!Files.exists(status)) {
            throw new IOException("the machine ended before its command did\n%s".formatted(console()));
        }
        return Integer.parseInt(Files.readString(status).strip());
    }

    public boolean isOn() {
        return process.isAlive();
    }

    /** The end of the output of the kernel and the command. */
    public String console() throws IOException {
        String all = new String(Files.readAllBytes(scratch.resolve("console")), UTF_8);
        return all.substring(Math.max(0, all.length() - CONSOLE_SHOWN));
    }

    /**
     * Kills it as a power cut does: bytes not yet written to its disks are lost.
     *
     * <p>The kernel is one process; each address space inside it is another, its child, whose system calls it
     * intercepts. So the kernel is stopped first and killed last: an address space without its kernel would go on by
     * itself, and its system calls would be the host's.
     */
    public void cutPower() {
        stop();
        List<ProcessHandle> spaces = process.descendants().toList();
        spaces.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        spaces.forEach(space -> space.onExit().join());
    }

    private void stop() {
        try {
            new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid())
                    .start()
                    .waitFor(); // fails if it has just ended
            long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
            while (process.isAlive() && !isStopped()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("pid %d does not stop".formatted(process.pid()));
                }
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cutting the power", e);
        }
    }

    /** By proc_pid_stat(5): the state follows the name in parentheses. */
    private boolean isStopped() throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void close() {
        cutPower();
    }
}
