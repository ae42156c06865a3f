package io.fairlead.rpc.fuzz;

import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.server.EmbeddedServer;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.xdr.RandomRecords;
import io.fairlead.rpc.xdr.XdrCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Random;

/**
 * Feeds broken packets to a server: valid calls with bytes changed, cut or repeated, and noise, in pieces of any size.
 *
 * <p>Whatever comes, a connection answers or closes, no exception escapes, and nothing is held afterwards.
 * Usage: {@code WireFuzz [inputs] [seed]}; the seed of a failure is printed.
 */
public final class WireFuzz {
    private static final int INPUTS = 1_000_000;
    private static final int INPUTS_PER_CONNECTION = 20;

    private final Random random;
    private final RandomRecords records;
    private final List<Signature<?, ?>> signatures = Structs.signatures();
    private final EmbeddedServer server = new EmbeddedServer();
    private long fed;
    private long answers;

    private WireFuzz(long seed) {
        random = new Random(seed);
        records = new RandomRecords(random);
    }

    public static void main(String[] args) {
        int inputs = args.length > 0 ? Integer.parseInt(args[0]) : INPUTS;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.printf("%d inputs, seed %d%n", inputs, seed);
        System.out.printf("%d packets came back%n", run(inputs, seed));
    }

    /** Returns how many packets the server sent. Throws an AssertionError that names the seed when it misbehaved. */
    static long run(int inputs, long seed) {
        WireFuzz fuzz = new WireFuzz(seed);
        try {
            while (fuzz.fed < inputs) {
                fuzz.connection();
            }
        } catch (RuntimeException e) {
            throw new AssertionError("failed with seed " + seed, e);
        }
        String leftovers = fuzz.server.leftovers();
        if (!leftovers.isEmpty()) {
            throw new AssertionError("held at the end: %s; seed %d".formatted(leftovers, seed));
        }
        return fuzz.answers;
    }

    private void connection() {
        EmbeddedChannel channel = server.connect();
        for (int i = 0; i < INPUTS_PER_CONNECTION && channel.isOpen(); i++) {
            ByteBuf input = input();
            fed++;
            while (input.isReadable() && channel.isOpen()) {
                int piece = random.nextInt(4) == 0 ? 1 + random.nextInt(input.readableBytes()) : input.readableBytes();
                channel.writeInbound(input.readRetainedSlice(piece));
                channel.checkException();
            }
            input.release();
            drain(channel);
        }
        channel.close();
        channel.runPendingTasks();
        drain(channel);
        channel.finishAndReleaseAll();
    }

    private void drain(EmbeddedChannel channel) {
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf packet) {
                if (packet.isReadable()) {
                    requireWellFormed(packet);
                    answers++;
                }
                packet.release();
            }
        }
    }

    private static void requireWellFormed(ByteBuf packet) {
        if (MessageHeader.read(packet.duplicate()).length() != packet.readableBytes()) {
            throw new IllegalStateException("the server sent a packet whose length is wrong");
        }
    }

    private ByteBuf input() {
        int kind = random.nextInt(30);
        if (kind == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return Unpooled.wrappedBuffer(noise);
        }
        ByteBuf packet = valid(signatures.get(random.nextInt(signatures.size())));
        return kind < 12 ? packet : mutated(packet);
    }

    private <A> ByteBuf valid(Signature<A, ?> signature) {
        int type = random.nextInt(5) == 0 ? random.nextInt(7) : 0;
        int status = type == 0 ? 0 : random.nextInt(3);
        ByteBuf packet = Unpooled.buffer();
        new MessageHeader(0, signature.id().program(), 1, signature.id().number(), type, random.nextInt(4), status)
                .begin(packet);
        XdrCodec.of(signature.args()).write(packet, records.make(signature.args()));
        MessageHeader.finish(packet);
        return packet;
    }

    private ByteBuf mutated(ByteBuf packet) {
        for (int i = 1 + random.nextInt(4); i > 0 && packet.isReadable(); i--) {
            int at = random.nextInt(packet.readableBytes());
            switch (random.nextInt(5)) {
                case 0 -> packet.setByte(at, random.nextInt());
                case 1 -> packet.setByte(at, packet.getByte(at) ^ (1 << random.nextInt(8)));
                case 2 -> setWord(packet, at & ~3, interesting());
                case 3 -> packet.writerIndex(at);
                default -> packet.writeBytes(packet.copy(0, at));
            }
        }
        if (random.nextInt(8) != 0 && packet.readableBytes() >= MessageHeader.BYTES) {
            packet.setInt(0, packet.readableBytes()); // so that the mutation gets past the framing
        }
        return packet;
    }

    private static void setWord(ByteBuf packet, int at, int word) {
        if (at + Integer.BYTES <= packet.writerIndex()) {
            packet.setInt(at, word);
        }
    }

    private int interesting() {
        int[] words = {
            0, 1, -1, 27, 28, 29, 65_536, 4_194_305, 33_554_436, 33_554_437, Integer.MAX_VALUE, Integer.MIN_VALUE
        };
        return words[random.nextInt(words.length)];
    }
}
