package io.fairlead.backend.console;

import io.fairlead.core.backend.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/** Writes a console's log as the monitor does, replacing the file when it would grow too long. */
final class MonitorLog {
    static final Instant AT = Instant.parse("2026-11-23T20:31:58.337357815Z");

    private final Path path;

    MonitorLog(Path path) throws IOException {
        this.path = path;
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }

    void line(String text) throws IOException {
        line(AT, Channel.STDOUT, "F", text);
    }

    /** @param tag F for a line that the process ended, P for one that it did not */
    void line(Instant at, Channel channel, String tag, String text) throws IOException {
        // An instant leaves out zeros at its end; the monitor does not.
        String stamp = "%s.%09d+00:00".formatted(at.toString().substring(0, 19), at.getNano());
        String line = "%s %s %s %s\n".formatted(stamp, channel.name().toLowerCase(Locale.ROOT), tag, text);
        Files.write(path, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    /** What a full disk leaves of a line. */
    void torn(String text) throws IOException {
        Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    /** conmon's reopen_k8s_file: a new file under another name, moved over the old one. */
    void rotate() throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        Files.createFile(fresh);
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
    }
}
