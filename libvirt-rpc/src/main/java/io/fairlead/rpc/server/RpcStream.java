package io.fairlead.rpc.server;

import java.nio.ByteBuffer;

/**
 * The server's end of a stream. One thread at a time sends; every method may be called from any thread and returns at
 * once. After the stream has closed they do nothing.
 */
public interface RpcStream {
    /** The most bytes of data one packet carries, as libvirt's own packets do. */
    int CHUNK_MAX = 262_120;

    /**
     * Sends all remaining bytes, or none: false means that too much is unsent (the listener's
     * {@link StreamListener#writable} follows) or that the stream has closed (the listener was told).
     */
    boolean offer(ByteBuffer data);

    /** Like {@link #offer}, for so many zero bytes. Only on a sparse stream. */
    boolean offerHole(long length);

    /** Says that no more data comes. The stream stays open until the client finishes it. */
    void end();

    /**
     * The listener is done with a piece of data, so that the client may send more. Called once for each piece, with its
     * length, and once for each hole, with 0: a piece takes memory however small it is.
     */
    void consumed(int bytes);

    /** Answers the client's finish, which waits for this, and closes the stream. */
    void complete();

    /** Tells the client that the stream failed, and closes it. */
    void fail(Throwable cause);

    boolean isOpen();
}
