package io.fairlead.rpc.server;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;

/**
 * The limits of a server for its clients.
 *
 * <p>Part of the connections, bytes and threads is kept for root: see {@link Quotas}.
 *
 * @param maxClients connections at once; further ones are closed at accept (libvirtd: 5000)
 * @param callsPerConnection calls of one connection in work before reading stops (libvirtd: 5)
 * @param streamsPerConnection open streams of one connection
 * @param workers threads for blocking handlers (libvirtd: 20)
 * @param readOnlyWorkers threads for blocking handlers beside those, for as many calls on read-only sockets at once
 * @param urgentWorkers threads for {@link Execution#URGENT} (libvirtd: 5)
 * @param streamThreads blocking stream tasks at once, in all
 * @param eventQueueBytes unsent event bytes after which a client is disconnected
 * @param replyQueueBytes unsent bytes after which no more is read from a client until it has taken them
 * @param memoryBytes for packets of all clients together that arrive, are worked on, or wait to be sent
 * @param keepAliveInterval silence before a ping (libvirtd: 5 s)
 * @param keepAliveCount pings without an answer before a client counts as dead (libvirtd: 5)
 * @param firstCallTimeout from accept, or the end of the TLS handshake, to the first whole call
 * @param packetTimeout for one packet, beside a second for each 64 KiB of it
 * @param closeGrace how long a closing connection may take to send queued bytes
 */
public record ServerSettings(
        int maxClients,
        int callsPerConnection,
        int streamsPerConnection,
        int workers,
        int readOnlyWorkers,
        int urgentWorkers,
        int streamThreads,
        int eventQueueBytes,
        int replyQueueBytes,
        long memoryBytes,
        Duration keepAliveInterval,
        int keepAliveCount,
        Duration firstCallTimeout,
        Duration packetTimeout,
        Duration closeGrace) {

    private static final long MEMORY_MAX = 128L << 20;

    /**
     * Half of the process's memory for buffers goes to packets. The rest is for the gaps between them, and for
     * short-lived buffers of reading and encoding.
     */
    public static ServerSettings defaults() {
        return new ServerSettings(
                5000,
                5,
                256,
                20,
                5,
                5,
                64,
                4 << 20,
                1 << 20,
                Math.min(MEMORY_MAX, PlatformDependent.maxDirectMemory() / 2),
                Duration.ofSeconds(5),
                5,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2));
    }

    public ServerSettings withKeepAlive(Duration interval, int count) {
        return new ServerSettings(
                maxClients,
                callsPerConnection,
                streamsPerConnection,
                workers,
                readOnlyWorkers,
                urgentWorkers,
                streamThreads,
                eventQueueBytes,
                replyQueueBytes,
                memoryBytes,
                interval,
                count,
                firstCallTimeout,
                packetTimeout,
                closeGrace);
    }

    public ServerSettings withMaxClients(int clients) {
        return new ServerSettings(
                clients,
                callsPerConnection,
                streamsPerConnection,
                workers,
                readOnlyWorkers,
                urgentWorkers,
                streamThreads,
                eventQueueBytes,
                replyQueueBytes,
                memoryBytes,
                keepAliveInterval,
                keepAliveCount,
                firstCallTimeout,
                packetTimeout,
                closeGrace);
    }

    public ServerSettings withTimeouts(Duration firstCall, Duration packet) {
        return new ServerSettings(
                maxClients,
                callsPerConnection,
                streamsPerConnection,
                workers,
                readOnlyWorkers,
                urgentWorkers,
                streamThreads,
                eventQueueBytes,
                replyQueueBytes,
                memoryBytes,
                keepAliveInterval,
                keepAliveCount,
                firstCall,
                packet,
                closeGrace);
    }

    public ServerSettings withMemory(long bytes) {
        return new ServerSettings(
                maxClients,
                callsPerConnection,
                streamsPerConnection,
                workers,
                readOnlyWorkers,
                urgentWorkers,
                streamThreads,
                eventQueueBytes,
                replyQueueBytes,
                bytes,
                keepAliveInterval,
                keepAliveCount,
                firstCallTimeout,
                packetTimeout,
                closeGrace);
    }
}
