package io.fairlead.rpc.server;

import io.fairlead.rpc.wire.FrameDecoder;
import io.fairlead.rpc.wire.KeepAliveMessage;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Notices clients that are dead or play dead: pings those that agreed to it, and bounds how long a first call and any
 * one packet may take. While we do not read, nothing is held against the client.
 */
final class Liveness {
    private static final int TICKS_PER_INTERVAL = 5;
    private static final long BYTES_PER_SECOND_MIN = 65_536;

    private final ServerConnection connection;
    private final Channel channel;
    private final FrameDecoder decoder;
    private final ServerSettings settings;
    private final long openedNanos = System.nanoTime();
    private final long intervalNanos;
    private long pingAtNanos;
    private int unanswered;
    private boolean called;
    private Future<?> tick;

    Liveness(ServerConnection connection, Channel channel, FrameDecoder decoder, ServerSettings settings) {
        this.connection = connection;
        this.channel = channel;
        this.decoder = decoder;
        this.settings = settings;
        this.intervalNanos = settings.keepAliveInterval().toNanos();
        this.pingAtNanos = openedNanos + intervalNanos;
    }

    void start(EventExecutor loop) {
        long period = Math.max(1, intervalNanos / TICKS_PER_INTERVAL);
        tick = loop.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
    }

    void stop() {
        tick.cancel(false);
    }

    void received() {
        unanswered = 0;
        pingAtNanos = System.nanoTime() + intervalNanos;
    }

    void called() {
        called = true;
    }

    private void tick() {
        if (connection.isPaused()) {
            received();
            return;
        }
        long now = System.nanoTime();
        if (!called && now - openedNanos > settings.firstCallTimeout().toNanos()) {
            drop("no call for %s".formatted(settings.firstCallTimeout()));
            return;
        }
        long deadline = decoder.deadlineNanos(settings.packetTimeout().toNanos(), BYTES_PER_SECOND_MIN);
        if (deadline != 0 && now - deadline > 0) {
            drop("a packet takes too long to arrive");
            return;
        }
        if (connection.keepAliveEnabled() && now - pingAtNanos >= 0) {
            ping();
        }
    }

    private void ping() {
        if (unanswered >= settings.keepAliveCount()) {
            drop("%d pings unanswered".formatted(unanswered));
            return;
        }
        unanswered++;
        pingAtNanos += intervalNanos;
        connection.write(connection.packets().empty(KeepAliveMessage.header(KeepAliveMessage.PING)));
    }

    private void drop(String reason) {
        connection.share().log().info("{}: dropped: {}", connection, reason);
        connection.drop();
    }
}
