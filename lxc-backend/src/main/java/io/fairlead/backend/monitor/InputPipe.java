package io.fairlead.backend.monitor;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.linux.sys.Poll;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The pipe through which a monitor hands input to its process. conmon 2.1.6 never gives up on input that nobody can
 * read any more (conn_sock.c, local_sock_write_cb): it tries again and again and needs a whole processor for that. So
 * the daemon looks before it sends.
 */
final class InputPipe {
    private static final String FLAGS = "flags:";
    private static final int ACCESS = 3;
    private static final int OCTAL = 8;

    private InputPipe() {}

    /** Whether a process can still read what the monitor gets for it. */
    static boolean isRead(int monitor) throws IOException {
        Optional<Path> pipe = find(monitor);
        if (pipe.isEmpty()) {
            return false; // the monitor has closed it
        }
        try (Fd end = Fd.open(pipe.get(), OpenFlags.O_WRONLY | OpenFlags.O_NONBLOCK)) {
            return (Poll.await(end.number(), Poll.POLLOUT, Duration.ZERO) & Poll.POLLERR) == 0;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false; // closed meanwhile
            }
            throw e;
        }
    }

    /** Of a monitor's pipes, this alone is written to without waiting. */
    private static Optional<Path> find(int monitor) throws IOException {
        Path process = Path.of("/proc", Integer.toString(monitor));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isPipe(file) && isInput(process.resolve("fdinfo").resolve(file.getFileName()))) {
                    return Optional.of(file);
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty(); // the monitor has ended
        }
        return Optional.empty();
    }

    private static boolean isPipe(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("pipe:");
        } catch (NoSuchFileException e) {
            return false; // closed meanwhile
        }
    }

    private static boolean isInput(Path info) throws IOException {
        for (String line : KernelFile.readLines(info)) {
            if (line.startsWith(FLAGS)) {
                int flags =
                        Integer.parseUnsignedInt(line.substring(FLAGS.length()).trim(), OCTAL);
                return (flags & ACCESS) == OpenFlags.O_WRONLY && (flags & OpenFlags.O_NONBLOCK) != 0;
            }
        }
        return false;
    }
}
