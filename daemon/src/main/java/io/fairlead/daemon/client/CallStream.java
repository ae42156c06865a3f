package io.fairlead.daemon.client;

import io.fairlead.daemon.client.DaemonConnection.Answer;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPieceReader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.wire.RpcException;
import io.fairlead.rpc.xdr.XdrCodec;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A call with a stream of {@link StreamPiece}s. One thread receives; any thread may send. */
final class CallStream {
    /** Takes the pieces that arrive. */
    @FunctionalInterface
    interface Receiver {
        void take(StreamPiece piece) throws IOException;
    }

    private final DaemonConnection connection;
    private final Signature<?, ?> signature;
    private final int serial;

    private CallStream(DaemonConnection connection, Signature<?, ?> signature, int serial) {
        this.connection = connection;
        this.signature = signature;
        this.serial = serial;
    }

    static <A> CallStream open(DaemonConnection connection, Signature<A, ?> signature, A args) throws IOException {
        return new CallStream(connection, signature, connection.send(signature, args));
    }

    /** @throws RpcException the error that the call was answered with; there is no stream then */
    <R> R reply(Class<R> type) throws IOException {
        return connection.read().as(type);
    }

    void send(StreamPiece piece) throws IOException {
        connection.sendData(signature.id(), serial, piece.packed());
    }

    /**
     * Receives pieces up to the end of the stream. Errors of other calls that are answered meanwhile are dropped.
     *
     * @throws RpcException if the stream failed
     */
    void receive(Receiver receiver) throws IOException {
        StreamPieceReader reader = new StreamPieceReader();
        while (true) {
            Answer answer = connection.read();
            boolean ours = answer.header().serial() == serial && answer.header().type() == MessageType.STREAM;
            if (!ours) {
                continue;
            }
            switch (answer.header().status()) {
                case MessageStatus.ERROR -> throw new RpcException(
                        XdrCodec.of(RpcError.class).read(answer.payload()));
                case MessageStatus.OK -> {
                    return;
                }
                default -> {
                    if (!answer.payload().isReadable()) {
                        connection.finish(signature.id(), serial);
                    } else {
                        pass(answer.payload().nioBuffer(), reader, receiver);
                    }
                }
            }
        }
    }

    private static void pass(ByteBuffer data, StreamPieceReader reader, Receiver receiver) throws IOException {
        IOException[] failure = new IOException[1];
        reader.read(data, piece -> {
            try {
                if (failure[0] == null) {
                    receiver.take(piece);
                }
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
