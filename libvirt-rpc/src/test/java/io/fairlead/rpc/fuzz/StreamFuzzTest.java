package io.fairlead.rpc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.rpc.protocol.DomainGuestCalls;
import io.fairlead.rpc.server.EmbeddedServer;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client does anything to its streams, in any order, with any bytes in the packets: the connection answers or closes,
 * no exception escapes, and nothing is held afterwards.
 *
 * <p>An input is a row of packets, each four bytes and a payload. The bytes give the kind of packet, the stream's
 * serial, the status, and the length of the payload.
 */
class StreamFuzzTest {
    private static final EmbeddedServer SERVER = new EmbeddedServer();
    private static final int SERIALS = 4; // odd ones agree to holes
    private static final int OPEN = 0;
    private static final int DATA = 1;
    private static final int HOLE = 2;
    private static final int FOREIGN = 3;

    private final Calls calls = new Calls();

    @MethodSource("seeds")
    @FuzzTest
    void streams_whenUsedAnyhow_areAnsweredOrClosed(byte[] input) {
        EmbeddedChannel channel = SERVER.connect();
        ByteBuffer in = ByteBuffer.wrap(input);
        while (in.remaining() >= 4 && channel.isOpen()) {
            int kind = in.get() & 3;
            int serial = (in.get() & 0xff) % SERIALS;
            int status = in.get();
            byte[] payload = new byte[Math.min(in.get() & 0xff, in.remaining())];
            in.get(payload);
            channel.writeInbound(packet(kind, serial, status, payload));
            channel.checkException();
            drain(channel);
        }
        channel.close();
        channel.runPendingTasks();
        drain(channel);
        channel.finishAndReleaseAll();
        assertEquals("", SERVER.leftovers());
    }

    private ByteBuf packet(int kind, int serial, int status, byte[] payload) {
        int procedure = DomainGuestCalls.DOMAIN_OPEN_CONSOLE.id().number();
        int program = DomainGuestCalls.DOMAIN_OPEN_CONSOLE.id().program();
        if (kind == OPEN) {
            byte[] args = calls.struct(DomainGuestCalls.DOMAIN_OPEN_CONSOLE.args());
            return raw(new MessageHeader(0, program, 1, procedure, MessageType.CALL, serial, 0), args);
        }
        int type = kind == HOLE ? MessageType.STREAM_HOLE : MessageType.STREAM;
        int of = kind == FOREIGN ? procedure + 1 : procedure;
        return raw(new MessageHeader(0, program, 1, of, type, serial, status), payload);
    }

    private static ByteBuf raw(MessageHeader header, byte[] payload) {
        ByteBuf packet = Unpooled.buffer();
        header.begin(packet);
        packet.writeBytes(payload);
        MessageHeader.finish(packet);
        return packet;
    }

    private static void drain(EmbeddedChannel channel) {
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf packet) {
                if (packet.isReadable()) {
                    assertEquals(
                            packet.readableBytes(),
                            MessageHeader.read(packet.duplicate()).length());
                }
                packet.release();
            }
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                new byte[] {
                    OPEN, 1, 0, 0, DATA, 1, 2, 3, 'a', 'b', 'c', HOLE, 1, 2, 12, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0,
                    DATA, 1, 0, 0
                },
                new byte[] {
                    OPEN, 2, 0, 0, OPEN, 2, 0, 0, HOLE, 2, 2, 12, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, DATA, 2, 1, 0
                },
                new byte[] {
                    OPEN, 0, 0, 0, OPEN, 1, 0, 0, FOREIGN, 0, 2, 1, 'x', DATA, 0, 1, 0, DATA, 1, 7, 0, HOLE, 1, 2, 4, 0,
                    0, 0, 0
                });
    }
}
