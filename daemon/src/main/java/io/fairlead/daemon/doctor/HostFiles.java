package io.fairlead.daemon.doctor;

import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The checks' view of the host.
 *
 * @param root {@code /}, or a tree that stands for a host in a test
 * @param programs finds the path of a program
 * @param answers gives the first line that a command prints; empty if it cannot be run
 */
record HostFiles(
        Path root, Function<String, Optional<Path>> programs, Function<List<String>, Optional<String>> answers) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static HostFiles own() {
        return new HostFiles(Path.of("/"), Programs::find, HostFiles::firstLine);
    }

    private static Optional<String> firstLine(List<String> command) {
        try {
            return Command.of(command).within(PATIENCE).run().output().lines().findFirst();
        } catch (IOException e) {
            return Optional.empty(); // counts as missing, and is reported so
        }
    }

    /** The file at an absolute path of the host. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
