package io.fairlead.rpc.server;

import io.fairlead.rpc.protocol.Message;
import io.fairlead.rpc.wire.Budget;
import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.MessageHeader;
import io.fairlead.rpc.wire.MessageStatus;
import io.fairlead.rpc.wire.MessageType;
import io.fairlead.rpc.wire.Packet;
import io.fairlead.rpc.wire.PassedFd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A connection's outgoing queue, and when its incoming side is read. */
final class ServerConnection implements Connection {
    private static final int EVENT_SERIAL = 1; // libvirtd's value; clients ignore it

    /** Why the socket is not read at the moment. */
    enum Pause {
        CALLS,
        OUTPUT,
        STREAMS
    }

    private final long id;
    private final Channel channel;
    private final Peer peer;
    private final ServerContext server;
    private final Quotas.Seat seat;
    private final FrameDecoder decoder;
    private final Packets packets;
    private final StreamTable streams;
    private final CloseActions closeActions;
    private final ConcurrentMap<Object, Object> attributes = new ConcurrentHashMap<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong queuedEventBytes = new AtomicLong();
    private volatile boolean readOnly;
    private volatile boolean keepAlive;

    // Below: only touched on the event loop.
    private int pauses;
    private int callsInWork;
    private boolean closed;

    ServerConnection(
            long id,
            Channel channel,
            Peer peer,
            boolean readOnly,
            FrameDecoder decoder,
            ServerContext server,
            Quotas.Seat seat) {
        this.id = id;
        this.channel = channel;
        this.peer = peer;
        this.readOnly = readOnly;
        this.decoder = decoder;
        this.server = server;
        this.seat = seat;
        this.packets = new Packets(channel.alloc());
        this.streams = new StreamTable(this, server);
        this.closeActions = new CloseActions(share().workers());
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void restrictToReadOnly() {
        readOnly = true;
    }

    @Override
    public ConcurrentMap<Object, Object> attributes() {
        return attributes;
    }

    @Override
    public void onClose(Runnable action) {
        closeActions.add(action);
    }

    @Override
    public void enableKeepAlive() {
        keepAlive = true;
    }

    boolean keepAliveEnabled() {
        return keepAlive;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    Share share() {
        return seat.share();
    }

    @Override
    public Budget subscriptions() {
        return share().subscriptions();
    }

    Packets packets() {
        return packets;
    }

    StreamTable streams() {
        return streams;
    }

    boolean canPassFds() {
        return peer.transport() == Peer.Transport.UNIX;
    }

    @Override
    public <M> void send(Message<M> message, M body) {
        if (!isOpen()) {
            return;
        }
        MessageHeader header = new MessageHeader(
                0,
                message.id().program(),
                1,
                message.id().number(),
                MessageType.MESSAGE,
                EVENT_SERIAL,
                MessageStatus.OK);
        ByteBuf packet;
        try {
            packet = packets.of(header, message.body(), body);
        } catch (Throwable e) { // must not stop the sender from telling its other clients
            share().log()
                    .error(
                            "{}: dropped: message {} cannot be sent",
                            this,
                            message.id().name(),
                            e);
            drop();
            return;
        }
        int bytes = cost(packet);
        if (queuedEventBytes.addAndGet(bytes) > server.settings().eventQueueBytes()) {
            packet.release();
            share().log().warn("{}: closing, {} bytes of events are unread", this, queuedEventBytes.get());
            drop();
            return;
        }
        write(packet, () -> queuedEventBytes.addAndGet(-bytes));
    }

    private static int cost(ByteBuf packet) {
        return packet.capacity() + Packet.OVERHEAD;
    }

    void write(ByteBuf packet) {
        write(packet, () -> {});
    }

    /** @param done runs on the event loop when the kernel has the packet, or the connection has died */
    void write(ByteBuf packet, Runnable done) {
        int bytes = packet.readableBytes();
        int cost = cost(packet);
        if (!queued(bytes, cost)) {
            packet.release();
            done.run();
            return;
        }
        channel.writeAndFlush(packet).addListener(written -> {
            unqueued(bytes, cost);
            done.run();
        });
    }

    /**
     * Writes a packet and, right behind it, descriptors; they are closed when they are on their way, or cannot be.
     *
     * <p>Netty 4.2.18 cannot wait when the socket fills up exactly between the packet and a descriptor: it breaks the
     * connection then, which a client only sees that leaves more than 150 KiB unread while it asks for descriptors.
     */
    void writeWithFds(ByteBuf packet, List<PassedFd> fds) {
        int bytes = packet.readableBytes();
        int cost = cost(packet) + fds.size() * Packet.OVERHEAD_PER_FD;
        if (!queued(bytes, cost)) {
            packet.release();
            fds.forEach(PassedFd::close);
            return;
        }
        // One task, so that no other packet comes between: the client takes descriptors before anything else.
        onLoop(() -> {
            channel.write(packet).addListener(written -> unqueued(bytes, cost));
            for (PassedFd fd : fds) {
                channel.write(fd.descriptor()).addListener(written -> fd.close());
            }
            channel.flush();
        });
    }

    /** Returns false, and drops the client, when it and those of its user leave too much unread. */
    private boolean queued(int bytes, int cost) {
        if (!share().bytes().take(cost)) {
            share().log()
                    .warn(
                            "{}: closing, its user's clients leave too much unread: {} bytes (allowed: {}, or what others leave)",
                            this,
                            share().bytes().used(),
                            share().bytes().limit());
            drop();
            return false;
        }
        server.counters().queuedBytes.addAndGet(bytes);
        if (queuedBytes.addAndGet(cost) > server.settings().replyQueueBytes()) {
            onLoop(() -> {
                if (queuedBytes.get() > server.settings().replyQueueBytes()) {
                    pause(Pause.OUTPUT);
                }
            });
        }
        return true;
    }

    private void unqueued(int bytes, int cost) {
        share().bytes().giveBack(cost);
        server.counters().queuedBytes.addAndGet(-bytes);
        if (queuedBytes.addAndGet(-cost) <= server.settings().replyQueueBytes() / 2) {
            resume(Pause.OUTPUT);
        }
    }

    void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }

    void callStarted() {
        server.counters().calls.incrementAndGet();
        callsInWork++;
        if (callsInWork >= server.settings().callsPerConnection()) {
            pause(Pause.CALLS);
        }
    }

    void callEnded() {
        server.counters().calls.decrementAndGet();
        callsInWork--;
        if (callsInWork < server.settings().callsPerConnection()) {
            resume(Pause.CALLS);
        }
    }

    void pause(Pause reason) {
        if (pauses == 0) {
            decoder.pause();
            channel.config().setAutoRead(false);
        }
        pauses |= 1 << reason.ordinal();
    }

    void resume(Pause reason) {
        int remaining = pauses & ~(1 << reason.ordinal());
        boolean wasPaused = pauses != 0;
        pauses = remaining;
        if (wasPaused && remaining == 0 && !closed) {
            ChannelHandlerContext context = channel.pipeline().context(decoder);
            if (context != null) {
                channel.config().setAutoRead(true);
                decoder.resume(context);
            }
        }
    }

    boolean isPaused() {
        return pauses != 0;
    }

    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop()
                .schedule(() -> channel.close(), server.settings().closeGrace().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes at once; queued bytes are lost. */
    void drop() {
        channel.close();
    }

    /**
     * The socket has closed. Room for another is only when all that follows has been done, or a client could heap it
     * up.
     */
    void closed() {
        if (!closed) {
            closed = true;
            streams.connectionClosed();
            closeActions.run(seat::leave);
        }
    }

    @Override
    public String toString() {
        return "connection %d from %s".formatted(id, peer);
    }
}
