package io.fairlead.rpc.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A unix socket to serve.
 *
 * @param mode permission bits of the socket file, 0700 to 0777; connecting needs the write bit
 * @param readOnly whether its clients may only read
 */
public record UnixEndpoint(Path path, int mode, boolean readOnly) {
    /** sun_path of 108 bytes, less the NUL (unix(7)). */
    public static final int PATH_BYTES_MAX = 107;

    public UnixEndpoint {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PATH_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "socket path %s is %d bytes long (expected: at most %d)".formatted(path, bytes, PATH_BYTES_MAX));
        }
        if (mode < 0700 || mode > 0777) {
            throw new IllegalArgumentException("socket mode: %o (expected: 700..777)".formatted(mode));
        }
    }
}
