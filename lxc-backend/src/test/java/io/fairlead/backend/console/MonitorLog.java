package io.fairlead.backend.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a console's log as the monitor does, replacing the file when it would grow too long. */
final class MonitorLog {
    private static final String STAMP = "2026-11-23T20:31:58.337357815+00:00 stdout F ";

    private final Path path;

    MonitorLog(Path path) throws IOException {
        this.path = path;
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }

    void line(String text) throws IOException {
        Files.write(path, (STAMP + text + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    /** conmon's reopen_k8s_file: a new file under another name, moved over the old one. */
    void rotate() throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        Files.createFile(fresh);
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
