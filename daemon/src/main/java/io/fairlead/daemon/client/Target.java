package io.fairlead.daemon.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds the daemon that a command is for. */
@FunctionalInterface
public interface Target {
    /**
     * @param root the folder of the instance's files; null for the system's own instance
     * @return the sockets at which the daemon may listen, the likeliest first; all of them are for every call
     * @throws IOException if the configuration cannot be read
     */
    List<Path> sockets(Path root) throws IOException;

    /** @throws IOException if no daemon listens; names the socket */
    default DaemonConnection connect(Path root) throws IOException {
        IOException first = null;
        for (Path socket : sockets(root)) {
            try {
                return DaemonConnection.open(socket);
            } catch (IOException e) {
                first = first == null
                        ? new IOException("no daemon at %s: %s".formatted(socket, e.getMessage()), e)
                        : first;
            }
        }
        throw first;
    }
}
