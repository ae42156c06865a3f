package io.fairlead.storage.directory;

import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.file.SparseFile;
import io.fairlead.linux.process.Command;
import io.fairlead.linux.process.Programs;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.storage.driver.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Overwrites files by official patterns, with the program scrub, as libvirt does. */
final class Scrub {
    /** Some patterns write everything 35 times. */
    private static final Duration LIMIT = Duration.ofHours(24);

    private static final int THEIRS = 10;

    private Scrub() {}

    /**
     * The file keeps its length, which the program rounds up.
     *
     * @throws io.fairlead.kit.error.EngineException NO_SUPPORT without the program
     */
    static void overwrite(Path file, String pattern) throws IOException {
        Path program = Programs.find("scrub")
                .orElseThrow(() -> StorageErrors.unsupported(
                        "wiping with algorithm '%s' without the program scrub (Debian: package scrub)"
                                .formatted(pattern)));
        try (Fd fd = Fd.open(file, OpenFlags.O_RDWR | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK)) {
            long length = FileStat.of(fd).sizeBytes();
            Command.of(program.toString(), "-f", "-S", "-p", pattern, "/proc/self/fd/" + THEIRS)
                    .descriptor(THEIRS, fd.number())
                    .within(LIMIT)
                    .run()
                    .orThrow();
            SparseFile.setLength(fd, length);
            fd.sync();
        }
    }
}
