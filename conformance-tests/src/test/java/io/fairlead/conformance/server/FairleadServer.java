package io.fairlead.conformance.server;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./fairlead daemon --root DIR}, as a user starts it. It can be killed and started again on its directory. */
public final class FairleadServer implements Server {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final List<String> command;
    private Process process;
    private boolean runInMemory;

    private FairleadServer(Path directory, List<String> command) {
        this.directory = directory;
        this.command = command;
    }

    /** The launcher at the top of the checkout. */
    public static Path launcher() {
        Path here = Path.of(System.getProperty("fairlead.launcher", "../fairlead"));
        return here.toAbsolutePath().normalize();
    }

    public static FairleadServer start(String... moreArguments) {
        return start(Scratch.newDirectory(), moreArguments);
    }

    /** Starts on a directory that may hold a configuration or the state of an earlier daemon. */
    public static FairleadServer start(Path directory, String... moreArguments) {
        List<String> command =
                new ArrayList<>(List.of(launcher().toString(), "daemon", "--root", directory.toString()));
        command.addAll(List.of(moreArguments));
        FairleadServer server = new FairleadServer(directory, command);
        server.startAgain();
        return server;
    }

    /** In an environment that names no language, as with services of a host. */
    public static FairleadServer startWithoutLocale(Path directory) {
        List<String> command = List.of(
                "env", "-u", "LANG", "LC_ALL=C", launcher().toString(), "daemon", "--root", directory.toString());
        FairleadServer server = new FairleadServer(directory, command);
        server.startAgain();
        return server;
    }

    /** With its run directory in memory, as /run is on a host; the other daemon has its own there, too. */
    public static FairleadServer startWithRunInMemory() {
        Path directory = Scratch.newDirectory();
        String run = directory.resolve("run").toString();
        Command.of("mkdir", run).run().orFail();
        Command.of("mount", "-t", "tmpfs", "-o", "mode=755", "fairlead-run", run)
                .run()
                .orFail();
        FairleadServer server = start(directory);
        server.runInMemory = true;
        return server;
    }

    /** Starts the daemon after {@link #kill} or {@link #stop} and waits until it says that it serves. */
    public void startAgain() {
        Path output = directory.resolve("daemon.out");
        try {
            Files.deleteIfExists(output);
            ProcessBuilder builder = new ProcessBuilder(command);
            // The build that runs these tests has built the daemon; a start must not build again.
            builder.environment().put("FAIRLEAD_BUILD", "never");
            process = builder.redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("daemon.err").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("start " + command, e);
        }
        Eventually.until("daemon says ready", START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("daemon ended with " + process.exitValue() + ": " + log());
            }
            return read(output).lines().anyMatch("ready"::equals);
        });
    }

    /** SIGKILL: the daemon has no chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /** SIGTERM, and the daemon has to end by itself. */
    public void stop() {
        process.destroy();
        await(Duration.ofSeconds(20));
    }

    private void await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("daemon did not end within " + limit + ": " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the daemon ends", e);
        }
    }

    @Override
    public boolean isOracle() {
        return false;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path socket() {
        return directory.resolve("run/libvirt-sock");
    }

    @Override
    public Path readOnlySocket() {
        return directory.resolve("run/libvirt-sock-ro");
    }

    @Override
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String log() {
        return read(directory.resolve("daemon.out"))
                + read(directory.resolve("daemon.err"))
                + errorsIn(read(directory.resolve("log/fairlead.log")));
    }

    /** The log file's lines about failures, stack traces included; the rest would bury them. */
    private static String errorsIn(String log) {
        StringBuilder errors = new StringBuilder();
        boolean inError = false;
        for (String line : log.lines().toList()) {
            if (line.matches("\\d{4}-.*")) {
                inError = line.contains(" ERROR ");
            }
            if (inError) {
                errors.append(line).append('\n');
            }
        }
        return errors.toString();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!process.isAlive()) {
                startAgain();
            }
            wipe();
            stop();
        } catch (RuntimeException | AssertionError e) {
            process.destroyForcibly();
            Leftovers.end(directory);
            throw e;
        } finally {
            process.destroyForcibly();
            if (runInMemory) {
                // Monitors of killed containers may be on their way out.
                Command.of("umount", "--lazy", directory.resolve("run").toString())
                        .run()
                        .orFail();
            }
            Scratch.delete(directory);
        }
    }
}
