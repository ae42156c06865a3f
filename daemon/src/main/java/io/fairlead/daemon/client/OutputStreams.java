package io.fairlead.daemon.client;

import io.fairlead.rpc.protocol.StreamPiece;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** This process's own two outputs, without buffers: what arrives is shown. */
final class OutputStreams {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    void show(StreamPiece piece) throws OutputClosedException {
        ByteBuffer data = piece.data();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        try {
            (piece.kind() == StreamPiece.Kind.STDERR ? err : out).write(bytes);
        } catch (IOException e) {
            throw new OutputClosedException(e);
        }
    }
}
