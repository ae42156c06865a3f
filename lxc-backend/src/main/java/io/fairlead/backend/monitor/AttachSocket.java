package io.fairlead.backend.monitor;

import io.fairlead.backend.console.Attachment;
import io.fairlead.linux.socket.SeqpacketSocket;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** conmon's attach socket, one packet for each piece of output or input. */
public final class AttachSocket implements Attachment {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final SeqpacketSocket socket;
    private final Poller.Watch watch;

    private AttachSocket(SeqpacketSocket socket, Poller.Watch watch) {
        this.socket = socket;
        this.watch = watch;
    }

    /** @param onPackets as in {@link Attachment.Attacher} */
    public static AttachSocket connect(Path path, Poller poller, Runnable onPackets) throws IOException {
        SeqpacketSocket socket = SeqpacketSocket.connect(path, CONNECT_LIMIT);
        return new AttachSocket(socket, socket.watch(poller, onPackets));
    }

    @Override
    public void listen(boolean on) throws IOException {
        watch.listen(on);
    }

    @Override
    public int receive(byte[] packet) throws IOException {
        int count = socket.receiveNow(packet);
        return switch (count) {
            case SeqpacketSocket.END -> 0;
            case SeqpacketSocket.TIMED_OUT -> NOTHING;
            default -> count;
        };
    }

    @Override
    public boolean send(byte[] packet, Duration limit) throws IOException {
        try {
            socket.send(packet, 0, packet.length, limit);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean isInputRead() throws IOException {
        return InputPipe.isRead(socket.peer());
    }

    @Override
    public void endInput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        watch.cancel();
        socket.close();
    }
}
