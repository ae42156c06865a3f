package io.fairlead.rpc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.protocol.StreamPiece.Kind;
import io.fairlead.rpc.protocol.StreamPieceReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pieces of a process's streams mean the same wherever their bytes are cut, come back the same when written again, and
 * take memory in proportion to the bytes that arrived.
 *
 * <p>An input is one byte for the length of a cut, then the bytes.
 */
class StreamPieceFuzzTest {
    private static final int ALLOCATED_PER_BYTE = 64;
    private static final int ALLOCATED_ALWAYS = 1 << 20;

    @MethodSource("seeds")
    @FuzzTest
    void pieces_whenCutAnywhere_meanTheSame(byte[] input) {
        if (input.length < 1) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(input, 1, input.length - 1).slice();
        long before = AllocatedMemory.ofThisThread();
        Result whole = read(bytes.duplicate(), bytes.remaining() + 1);
        long allocated = AllocatedMemory.ofThisThread() - before;
        assertTrue(allocated <= ALLOCATED_ALWAYS + (long) input.length * ALLOCATED_PER_BYTE, allocated + " bytes");
        Result cut = read(bytes.duplicate(), 1 + (input[0] & 0xff) % 40);
        assertEquals(whole, cut);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (StreamPiece piece : whole.pieces()) {
            ByteBuffer packed = piece.packed();
            written.write(packed.array(), 0, packed.remaining());
        }
        assertEquals(bytes.duplicate().limit(written.size()), ByteBuffer.wrap(written.toByteArray()));
        if (!whole.refused()) {
            assertEquals(whole.inMiddle(), written.size() < bytes.remaining());
        }
    }

    private record Result(List<StreamPiece> pieces, boolean refused, boolean inMiddle) {}

    private static Result read(ByteBuffer bytes, int cut) {
        StreamPieceReader reader = new StreamPieceReader();
        List<StreamPiece> pieces = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                int length = Math.min(cut, bytes.remaining());
                reader.read(bytes.slice().limit(length), pieces::add);
                bytes.position(bytes.position() + length);
            }
        } catch (IllegalArgumentException e) {
            return new Result(pieces, true, false);
        }
        return new Result(pieces, false, reader.inMiddle());
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int length : new int[] {0, 1, 500, StreamPiece.DATA_MAX}) {
            ByteBuffer all = ByteBuffer.allocate(1 + 3 * StreamPiece.HEADER_BYTES + 2 * length + 4);
            all.put((byte) 7);
            new StreamPiece(Kind.STDOUT, 1_700_000_000_123_456_789L, ByteBuffer.allocate(length)).write(all);
            new StreamPiece(Kind.STDERR, -1, ByteBuffer.allocate(length)).write(all);
            StreamPiece.exit(-1, 0).write(all);
            seeds.add(all.array());
        }
        return seeds;
    }
}
