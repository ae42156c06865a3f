package io.fairlead.linux.socket;

import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.Libc;
import java.nio.file.Path;

/** The other side: listens and hands out accepted connections as plain descriptors. */
final class SeqpacketServer implements AutoCloseable {
    private final Fd listener;

    SeqpacketServer(Path path) throws Exception {
        listener = new Fd(Errno.check(Libc.socket(1, 5 | 0x80000, 0), "socket", path), path.toString());
        try (UnixAddress address = UnixAddress.of(path)) {
            Errno.check(Libc.bind(listener.number(), address.bytes(), address.bytes().length), "bind", path);
        }
        Errno.check(Libc.listen(listener.number(), 8), "listen", path);
    }

    Fd accept() throws Exception {
        return new Fd(Errno.check(Libc.accept4(listener.number(), null, null, 0x80000), "accept", "test"), "accepted");
    }

    @Override
    public void close() {
        listener.close();
    }
}
