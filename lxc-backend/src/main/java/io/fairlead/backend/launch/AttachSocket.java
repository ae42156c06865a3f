package io.fairlead.backend.launch;

import io.fairlead.backend.console.Attachment;
import io.fairlead.linux.socket.SeqpacketSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** conmon's attach socket, one packet for each piece of output or input. */
final class AttachSocket implements Attachment {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    // A guest may leave its input unread for any time; the client can close the session.
    private static final Duration SEND_LIMIT = Duration.ofDays(365);

    private final SeqpacketSocket socket;

    private AttachSocket(SeqpacketSocket socket) {
        this.socket = socket;
    }

    static AttachSocket connect(Path path) throws IOException {
        return new AttachSocket(SeqpacketSocket.connect(path, CONNECT_LIMIT));
    }

    @Override
    public int receive(byte[] packet, Duration limit) throws IOException {
        int count = socket.receive(packet, limit);
        return switch (count) {
            case SeqpacketSocket.END -> 0;
            case SeqpacketSocket.TIMED_OUT -> NOTHING;
            default -> count;
        };
    }

    @Override
    public void send(byte[] packet) throws IOException {
        socket.send(packet, 0, packet.length, SEND_LIMIT);
    }

    @Override
    public void close() {
        socket.close();
    }
}
