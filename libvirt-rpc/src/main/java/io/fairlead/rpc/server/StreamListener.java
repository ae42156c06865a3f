package io.fairlead.rpc.server;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Listens to the events of a stream. All methods run on the event loop, one at a time, and must not block. */
public interface StreamListener {
    /** Reasons for the close of a stream that the client did not finish. */
    enum Abort {
        CLIENT_ABORTED,
        CONNECTION_CLOSED,
        /** The call that opened the stream ended in an error. */
        CALL_FAILED,
        /** {@link RpcStream#fail} was called. */
        FAILED
    }

    /** The stream takes data now: after the reply, and after an {@link RpcStream#offer} was refused. */
    default void writable(RpcStream stream) {}

    /**
     * The client sent data. The buffer is only valid during the call. Once done with it, now or later, the listener
     * calls {@link RpcStream#consumed} with the length of the whole; while too much is not consumed, the connection is
     * not read.
     */
    default void data(RpcStream stream, ByteBuffer data) {
        stream.consumed(data.remaining());
    }

    /**
     * The same for a listener that keeps the bytes without copying them: it retains the buffer, and releases it once
     * done.
     */
    default void data(RpcStream stream, ByteBuf data) {
        data(stream, data.nioBuffer().asReadOnlyBuffer());
    }

    /** The client skipped so many bytes, which are zero. Once done with it, the listener calls consumed with 0. */
    default void hole(RpcStream stream, long length) {
        stream.consumed(0);
    }

    /** The client sends no more and waits for {@link RpcStream#complete} or {@link RpcStream#fail}. */
    default void finished(RpcStream stream) {
        stream.complete();
    }

    /** The stream has closed without being completed. Called at most once, and nothing is called after it. */
    default void aborted(RpcStream stream, Abort reason) {}
}
