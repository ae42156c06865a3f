package io.fairlead.backend.launch;

import io.fairlead.linux.file.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives the pipes of a guest's init to the guest's root, if that is another user on the host: programs open them by
 * name, such as /dev/stdout. runc 1.1 leaves them to the host's root, whom such a guest does not know.
 */
final class InitStreams {
    private static final int STREAMS = 3;

    private InitStreams() {}

    /** @param initPid init before its first program runs, so that the guest cannot change anything meanwhile */
    static void giveTo(int initPid, int user, int group) throws IOException {
        for (int stream = 0; stream < STREAMS; stream++) {
            Path file = Path.of("/proc/%d/fd/%d".formatted(initPid, stream));
            FileStat present = FileStat.of(file);
            if (present.isFifo() && present.user() == 0) {
                Files.setAttribute(file, "unix:uid", user);
                Files.setAttribute(file, "unix:gid", group);
            }
        }
    }
}
