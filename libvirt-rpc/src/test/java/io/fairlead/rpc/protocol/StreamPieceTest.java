package io.fairlead.rpc.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.rpc.protocol.StreamPiece.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPieceTest {
    @Test
    void packed_whenWritten_isAsDocumented() {
        StreamPiece piece = new StreamPiece(Kind.STDERR, 0x0102030405060708L, ByteBuffer.wrap(new byte[] {65, 66}));
        byte[] packed = piece.packed().array();
        assertArrayEquals(HexFormat.of().parseHex("02010203040506070800000002" + "4142"), packed);
        assertArrayEquals(
                HexFormat.of().parseHex("03000000000000000000000004" + "0000002a"),
                StreamPiece.exit(42, 0).packed().array());
    }

    @Test
    void read_whenBytesArriveOneByOne_waitsForWholePieces() {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        new StreamPiece(Kind.STDIN, 0, ByteBuffer.wrap(new byte[] {1, 2, 3})).write(bytes);
        new StreamPiece(Kind.STDIN, 0, ByteBuffer.allocate(0)).write(bytes);
        bytes.flip();
        StreamPieceReader reader = new StreamPieceReader();
        List<StreamPiece> pieces = new ArrayList<>();
        while (bytes.remaining() > 1) {
            reader.read(ByteBuffer.wrap(new byte[] {bytes.get()}), pieces::add);
        }
        assertEquals(1, pieces.size());
        assertTrue(reader.inMiddle());
        reader.read(bytes, pieces::add);
        assertEquals(2, pieces.size());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), pieces.get(0).data());
        assertFalse(reader.inMiddle());
    }

    @Test
    void read_whenALengthIsTooLong_refusesBeforeItAllocates() {
        for (String header : List.of(
                "0100000000000000007fffffff", // a length of 2 GiB
                "01000000000000000000010001", // one byte too many
                "010000000000000000ffffffff", // negative
                "03000000000000000000000005", // an exit of five bytes
                "04000000000000000000000000", // no kind
                "ff000000000000000000000000")) {
            StreamPieceReader reader = new StreamPieceReader();
            ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(header));
            assertThrows(IllegalArgumentException.class, () -> reader.read(bytes, piece -> {}), header);
        }
    }
}
