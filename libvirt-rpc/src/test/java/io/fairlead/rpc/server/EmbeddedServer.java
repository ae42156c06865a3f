package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.DomainGuestCalls;
import io.fairlead.rpc.protocol.LxcProcedure;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.protocol.Signature;
import io.fairlead.rpc.protocol.Structs;
import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.FrameDecoder.Descriptors;
import io.fairlead.rpc.wire.RpcError;
import io.fairlead.rpc.xdr.RandomRecords;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Connections without sockets and threads, to a server that answers every procedure with made-up values. */
public final class EmbeddedServer {
    private final RandomRecords records = new RandomRecords(new Random(1));
    private final ServerContext context;
    private final CallDispatcher dispatcher;

    public EmbeddedServer() {
        ServerSettings settings = ServerSettings.defaults();
        context = ServerContext.of(
                settings,
                Map.of(
                        RemoteProcedure.PROGRAM, program(RemoteProcedure.PROGRAM),
                        LxcProcedure.PROGRAM, program(LxcProcedure.PROGRAM)),
                failure -> RpcError.of(1, 7, "made up"),
                ServerThreads.workers("readers"));
        dispatcher = new CallDispatcher(context);
    }

    private Program program(int number) {
        List<Procedure<?, ?>> procedures = Structs.signatures().stream()
                .filter(signature -> signature.id().program() == number)
                .<Procedure<?, ?>>map(this::procedure)
                .toList();
        return new Program(number, 1, procedures);
    }

    private <A, R> Procedure<A, R> procedure(Signature<A, R> signature) {
        R reply = records.make(signature.reply());
        boolean stream = signature.id() == DomainGuestCalls.DOMAIN_OPEN_CONSOLE.id();
        return Procedure.of(signature, Execution.INLINE, (call, args) -> {
            if (stream) {
                call.openStream(new StreamListener() {}, (call.header().serial() & 1) == 1);
            }
            return reply;
        });
    }

    public EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel();
        context.counters().connections.incrementAndGet();
        channel.closeFuture()
                .addListener(closed -> context.counters().connections.decrementAndGet());
        Quotas.Seat seat = context.quotas().enter(Quotas.Kind.WRITER, 1);
        FrameDecoder decoder =
                new FrameDecoder(Descriptors.RECEIVED, seat.share().bytes(), fds -> {});
        Peer peer = new Peer(Peer.Transport.UNIX, 1, 0, 0, "embedded", null);
        ServerConnection connection = new ServerConnection(1, channel, peer, false, decoder, context, seat);
        Liveness liveness = new Liveness(connection, channel, decoder, context.settings());
        channel.pipeline().addLast(decoder, new ConnectionHandler(connection, dispatcher, liveness));
        return channel;
    }

    /** The resources still held, in words; empty when there are none. */
    public String leftovers() {
        ServerCounters counters = context.counters();
        boolean clean = counters.openConnections() == 0
                && counters.callsInWork() == 0
                && counters.openStreams() == 0
                && counters.queuedBytes() == 0
                && counters.heldBytes() == 0;
        return clean
                ? ""
                : "%d connections, %d calls, %d streams, %d bytes queued, %d bytes held"
                        .formatted(
                                counters.openConnections(),
                                counters.callsInWork(),
                                counters.openStreams(),
                                counters.queuedBytes(),
                                counters.heldBytes());
    }
}
