package io.fairlead.linux.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A struct sockaddr_un. Its path has 108 bytes; a longer one goes through a descriptor of its folder. */
final class UnixAddress implements AutoCloseable {
    static final short AF_UNIX = 1;
    private static final int PATH_BYTES = 108;

    private final byte[] bytes;
    private final Fd folder;

    private UnixAddress(byte[] bytes, Fd folder) {
        this.bytes = bytes;
        this.folder = folder;
    }

    /** Must stay open while the address is used. */
    static UnixAddress of(Path socket) throws ErrnoException {
        if (encoded(socket.toString()).length < PATH_BYTES) {
            return new UnixAddress(address(socket.toString()), null);
        }
        Path parent = socket.toAbsolutePath().getParent();
        Fd folder = Fd.open(parent, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        String path = "/proc/self/fd/" + folder.number() + "/" + socket.getFileName();
        if (encoded(path).length >= PATH_BYTES) {
            folder.close();
            throw new ErrnoException(36 /* ENAMETOOLONG */, "connect", socket.toString());
        }
        return new UnixAddress(address(path), folder);
    }

    byte[] bytes() {
        return bytes;
    }

    private static byte[] address(String path) {
        ByteBuffer address = ByteBuffer.allocate(2 + PATH_BYTES).order(ByteOrder.nativeOrder());
        address.putShort(AF_UNIX).put(encoded(path));
        return address.array();
    }

    private static byte[] encoded(String path) {
        return path.getBytes(UTF_8);
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }
}
