package io.fairlead.rpc.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.rpc.protocol.DomainGuestCalls;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.server.EmbeddedServer;
import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.KeepAliveMessage;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client sends any bytes, in pieces of any size, with descriptors in between: the connection answers or closes, no
 * exception escapes, answers are whole, and nothing is held afterwards.
 *
 * <p>An input is one byte that decides where the rest is cut into pieces, 0 for nowhere, then the bytes of the
 * connection.
 */
class FrameFuzzTest {
    private static final int CALLS_PER_SEED = 12;
    private static final EmbeddedServer SERVER = new EmbeddedServer();

    private final AtomicInteger descriptors = new AtomicInteger();

    @MethodSource("seeds")
    @FuzzTest
    void server_whenFedAnyBytes_answersOrCloses(byte[] input) {
        EmbeddedChannel channel = SERVER.connect();
        if (input.length > 0) {
            feed(channel, Unpooled.wrappedBuffer(input).skipBytes(1), input[0] & 0xff);
        }
        channel.close();
        channel.runPendingTasks();
        drain(channel);
        channel.finishAndReleaseAll();

        assertEquals("", SERVER.leftovers());
        assertEquals(0, descriptors.get(), "descriptors left open");
    }

    private void feed(EmbeddedChannel channel, ByteBuf bytes, int cut) {
        FrameDecoder decoder = channel.pipeline().get(FrameDecoder.class);
        int random = cut;
        while (bytes.isReadable() && channel.isOpen()) {
            random = random * 1_103_515_245 + 12_345; // ANSI C's rand: the pieces follow from the first byte
            int piece = cut == 0 ? bytes.readableBytes() : 1 + (random >>> 16) % (1 + cut);
            channel.writeInbound(bytes.readRetainedSlice(Math.min(piece, bytes.readableBytes())));
            while (decoder.neededFds() > 0 && channel.isOpen()) {
                channel.writeInbound(new CountedDescriptor(descriptors));
            }
            channel.checkException();
            drain(channel);
        }
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
        List<byte[]> seeds = new ArrayList<>();
        Calls calls = new Calls();
        ByteBuf connection = start(0);
        int count = 0;
        for (Signature<?, ?> signature : Structs.signatures()) {
            connection.writeBytes(calls.call(signature));
            if (++count % CALLS_PER_SEED == 0) {
                seeds.add(Calls.bytes(connection));
                connection = start(count % 256);
            }
        }
        seeds.add(Calls.bytes(connection));
        seeds.add(withDescriptors(calls));
        seeds.add(Calls.bytes(
                start(3).writeBytes(Calls.packet(KeepAliveMessage.header(KeepAliveMessage.PING), Void.class, null))));
        return seeds;
    }

    private static ByteBuf start(int cut) {
        return Unpooled.buffer().writeByte(cut);
    }

    private static byte[] withDescriptors(Calls calls) {
        ByteBuf call = calls.call(DomainGuestCalls.DOMAIN_FD_ASSOCIATE);
        byte[] args = Arrays.copyOfRange(Calls.bytes(call.copy()), MessageHeader.BYTES, call.readableBytes());
        ByteBuf packet = Unpooled.buffer();
        MessageHeader header = MessageHeader.read(call);
        new MessageHeader(0, header.program(), 1, header.procedure(), MessageType.CALL_WITH_FDS, 7, 0).begin(packet);
        packet.writeInt(2).writeBytes(args);
        MessageHeader.finish(packet);
        return Calls.bytes(start(9).writeBytes(packet));
    }
}
