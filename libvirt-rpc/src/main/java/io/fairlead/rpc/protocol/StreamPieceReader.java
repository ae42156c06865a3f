package io.fairlead.rpc.protocol;

import io.fairlead.rpc.protocol.StreamPiece.Kind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Puts pieces together from bytes that arrive cut anywhere. It keeps at most one piece, and no more memory than has
 * arrived of it. Not safe for concurrent use.
 */
public final class StreamPieceReader {
    private static final int FIRST_BYTES = 512;

    private ByteBuffer kept = ByteBuffer.allocate(FIRST_BYTES); // written up to its position

    /**
     * Takes all of these bytes, and passes on each piece that is now whole. The data of a piece stay valid.
     *
     * @throws IllegalArgumentException if they are no pieces; this reader must not be used afterwards
     */
    public void read(ByteBuffer in, Consumer<StreamPiece> pieces) {
        while (in.hasRemaining()) {
            take(in, StreamPiece.HEADER_BYTES - kept.position());
            if (kept.position() < StreamPiece.HEADER_BYTES) {
                return;
            }
            Kind kind = StreamPiece.kind(kept.get(0));
            if (kind == null) {
                throw new IllegalArgumentException("kind of a piece: %d".formatted(kept.get(0)));
            }
            int length = kept.getInt(StreamPiece.HEADER_BYTES - Integer.BYTES);
            StreamPiece.requireLength(kind, length);
            take(in, StreamPiece.HEADER_BYTES + length - kept.position());
            if (kept.position() == StreamPiece.HEADER_BYTES + length) {
                pieces.accept(new StreamPiece(kind, kept.getLong(1), data(length)));
                kept.clear();
            }
        }
    }

    /** Whether the bytes so far end in the middle of a piece. */
    public boolean inMiddle() {
        return kept.position() > 0;
    }

    private ByteBuffer data(int length) {
        byte[] copy = new byte[length];
        kept.get(StreamPiece.HEADER_BYTES, copy);
        return ByteBuffer.wrap(copy);
    }

    /** Moves up to so many bytes. */
    private void take(ByteBuffer in, int wanted) {
        int count = Math.min(Math.max(0, wanted), in.remaining());
        if (kept.remaining() < count) {
            int room = Math.max(kept.position() + count, 2 * kept.capacity());
            kept = ByteBuffer.allocate(room).put(kept.flip());
        }
        kept.put(in.slice().limit(count));
        in.position(in.position() + count);
    }
}
