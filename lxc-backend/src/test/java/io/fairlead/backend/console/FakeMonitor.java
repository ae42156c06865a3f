package io.fairlead.backend.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A monitor with a log and an attach socket that takes one client. On request it accepts late, or ends. */
final class FakeMonitor implements Attachment.Attacher {
    private final MonitorLog log;
    private final List<String> typed = new ArrayList<>();
    private boolean accepting = true;
    private boolean logBroken;
    private boolean ended;
    private Connection client;

    FakeMonitor(Path path) throws IOException {
        log = new MonitorLog(path);
    }

    synchronized void acceptLater() {
        accepting = false;
    }

    /** From now on the log's disk is full. */
    synchronized void breakLog() {
        logBroken = true;
    }

    /** The guest writes a line: into the log first, then to the client that has been accepted. */
    synchronized void line(String text) throws IOException {
        if (!logBroken) {
            log.line(text);
        }
        if (accepting && client != null) {
            client.packets.add(("\2" + text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    synchronized void end() {
        ended = true;
        if (client != null) {
            client.packets.add(new byte[0]);
        }
    }

    synchronized List<String> typed() {
        return List.copyOf(typed);
    }

    synchronized boolean attached() {
        return client != null;
    }

    @Override
    public synchronized Attachment attach() throws IOException {
        if (ended) {
            throw new IOException("connection refused");
        }
        if (client != null) {
            throw new IllegalStateException("a second attachment while there is one");
        }
        client = new Connection();
        return client;
    }

    private final class Connection implements Attachment {
        private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();

        @Override
        public int receive(byte[] packet, Duration limit) throws IOException {
            try {
                byte[] next = packets.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return NOTHING;
                }
                System.arraycopy(next, 0, packet, 0, next.length);
                return next.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void send(byte[] packet) {
            synchronized (FakeMonitor.this) {
                typed.add(new String(packet, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() {
            synchronized (FakeMonitor.this) {
                if (client == this) {
                    client = null;
                }
                packets.add(new byte[0]);
            }
        }
    }
}
