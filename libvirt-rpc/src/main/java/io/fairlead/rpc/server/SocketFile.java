package io.fairlead.rpc.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;

/**
 * The file of a listening socket, put in place only when no process serves the old one.
 *
 * <p>The socket is bound under a name of its own and gets its mode there, so that no client can connect before. Then it
 * is hard-linked to the real name, which fails when the name is taken. So of two daemons that start at once only one
 * can win.
 */
final class SocketFile {
    private static final int TRIES_MAX = 10;
    private static final int NAME_LENGTH = 6; // short, because of the limit on the whole path

    private final Path path;
    private final Object fileKey;

    private SocketFile(Path path, Object fileKey) {
        this.path = path;
        this.fileKey = fileKey;
    }

    /** A free name beside the path, for binding a socket. */
    static Path temporary(Path path) {
        return path.resolveSibling("." + UUID.randomUUID().toString().substring(0, NAME_LENGTH - 1));
    }

    /**
     * Moves a bound, listening socket to its real name. The temporary name is gone afterwards, even after a failure.
     */
    static SocketFile publish(Path temporary, UnixEndpoint endpoint) throws IOException {
        Path path = endpoint.path();
        try {
            Files.setAttribute(temporary, "unix:mode", endpoint.mode());
            for (int i = 0; i < TRIES_MAX; i++) {
                try {
                    Files.createLink(path, temporary);
                    return new SocketFile(path, key(path));
                } catch (FileAlreadyExistsException e) {
                    removeStale(path);
                }
            }
            throw new IOException("cannot create socket %s: others keep creating it".formatted(path));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void removeStale(Path path) throws IOException {
        requireStale(path);
        Path aside = temporary(path);
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return; // another process removed it
        }
        try {
            requireStale(aside); // it may have been replaced by a live one just before the move
        } catch (IOException e) {
            Files.createLink(path, aside);
            throw e;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void requireStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        if (type != 0140000) {
            throw new IOException("cannot create socket %s: a file that is no socket is there".formatted(path));
        }
        if (isServed(path)) {
            throw new IOException("cannot create socket %s: another process serves it".formatted(path));
        }
    }

    private static boolean isServed(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a full backlog is an answer, too
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            throw new IOException("cannot tell whether socket %s is served: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Removes the file, unless it is not ours any more. */
    void remove() throws IOException {
        try {
            if (Objects.equals(key(path), fileKey)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return; // gone already
        }
    }
}
