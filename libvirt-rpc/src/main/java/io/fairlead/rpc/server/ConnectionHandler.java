package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.KeepAliveMessage;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.ProtocolException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;

/** Sorts a connection's packets by type: calls, stream packets, keepalive. */
final class ConnectionHandler extends SimpleChannelInboundHandler<Packet> {

    private final ServerConnection connection;
    private final CallDispatcher dispatcher;
    private final Liveness liveness;

    ConnectionHandler(ServerConnection connection, CallDispatcher dispatcher, Liveness liveness) {
        super(false);
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.liveness = liveness;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        liveness.start(ctx.executor());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Packet packet) {
        try (packet) {
            liveness.received();
            sort(packet);
        }
    }

    private void sort(Packet packet) {
        MessageHeader header = packet.header();
        switch (header.type()) {
            case MessageType.CALL, MessageType.CALL_WITH_FDS -> {
                liveness.called();
                dispatcher.dispatch(connection, packet);
            }
            case MessageType.STREAM, MessageType.STREAM_HOLE -> connection
                    .streams()
                    .incoming(packet);
            case MessageType.MESSAGE -> message(header);
            default -> CallDispatcher.closeFds(packet); // a reply, or of no known type: means nothing, as in libvirtd
        }
    }

    private void message(MessageHeader header) {
        if (header.program() == KeepAliveMessage.PROGRAM && header.procedure() == KeepAliveMessage.PING) {
            connection.write(connection.packets().empty(KeepAliveMessage.header(KeepAliveMessage.PONG)));
        }
        // A pong only has to arrive; other messages from clients mean nothing, as in libvirtd.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        liveness.stop();
        connection.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ProtocolException) {
            connection.share().log().warn("{}: dropped: {}", connection, cause.getMessage());
        } else if (!(cause instanceof IOException)) { // the other end broke, which happens
            connection.share().log().error("{}: dropped after an unexpected failure", connection, cause);
        }
        ctx.close();
    }
}
