package io.fairlead.storage.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A process with a mount namespace of its own, as a container or an earlier daemon's children are. */
final class ElsewhereMounted implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer commands;

    private ElsewhereMounted(String... command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader();
        commands = process.outputWriter();
        run("true");
    }

    /** Has a tree mounted at another place only, as a container has its root. */
    static ElsewhereMounted container(Path tree, Path at) throws IOException {
        String script =
                "mount --bind \"$0\" \"$1\" && { umount -l \"$0\" 2>&- || true; } && { test -f \"$1\" || cd \"$1\"; } && exec sh";
        return new ElsewhereMounted("unshare", "--mount", "sh", "-c", script, tree.toString(), at.toString());
    }

    /** Keeps the present mounts in their places. */
    static ElsewhereMounted daemon() throws IOException {
        return new ElsewhereMounted("unshare", "--mount", "sh");
    }

    /** Runs a shell command in the tree. @throws IOException if it fails or says anything */
    void run(String command) throws IOException {
        commands.write(command + "; echo \"status $?\"\n");
        commands.flush();
        String line = output.readLine();
        if (!"status 0".equals(line)) {
            throw new IOException("%s: %s".formatted(command, line));
        }
    }

    int pid() {
        return (int) process.pid();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
