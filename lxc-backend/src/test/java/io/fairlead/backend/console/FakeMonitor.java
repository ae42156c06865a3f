package io.fairlead.backend.console;

import io.fairlead.linux.sys.Poller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A monitor with a log and an attach socket that takes one client. On request it accepts late, or ends. */
final class FakeMonitor implements Attachment.Attacher {
    private final MonitorLog log;
    private final Poller poller;
    private final List<String> typed = new ArrayList<>();
    private boolean accepting = true;
    private boolean logBroken;
    private boolean ended;
    private boolean deaf;
    private Connection client;

    FakeMonitor(Path path, Poller poller) throws IOException {
        log = new MonitorLog(path);
        this.poller = poller;
    }

    MonitorLog log() {
        return log;
    }

    synchronized void acceptLater() {
        accepting = false;
    }

    /** From now on the log's disk is full. */
    synchronized void breakLog() {
        logBroken = true;
    }

    /** The process reads no input any more. */
    synchronized void readNothing() {
        deaf = true;
    }

    /** The process writes a line: into the log first, then to the client that has been accepted. */
    synchronized void line(String text) throws IOException {
        if (!logBroken) {
            log.line(text);
        }
        if (accepting && client != null) {
            client.come(("\2" + text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    synchronized void end() {
        ended = true;
        if (client != null) {
            client.come(new byte[0]);
        }
    }

    synchronized List<String> typed() {
        return List.copyOf(typed);
    }

    synchronized boolean attached() {
        return client != null;
    }

    /** How many packets the client has not taken. */
    synchronized int waiting() {
        return client == null ? 0 : client.packets.size();
    }

    @Override
    public synchronized Attachment attach(Runnable onPackets) throws IOException {
        if (ended) {
            throw new IOException("connection refused");
        }
        if (client != null) {
            throw new IllegalStateException("a second attachment while there is one");
        }
        client = new Connection(onPackets);
        return client;
    }

    private final class Connection implements Attachment {
        private final Queue<byte[]> packets = new ArrayDeque<>();
        private final Runnable onPackets;
        private boolean listening;

        private Connection(Runnable onPackets) {
            this.onPackets = onPackets;
        }

        private void come(byte[] packet) {
            packets.add(packet);
            tell();
        }

        private void tell() {
            poller.schedule(Duration.ZERO, () -> {
                boolean now;
                synchronized (FakeMonitor.this) {
                    now = listening && !packets.isEmpty();
                }
                if (now) {
                    onPackets.run();
                    tell();
                }
            });
        }

        @Override
        public void listen(boolean on) {
            synchronized (FakeMonitor.this) {
                listening = on;
            }
            tell();
        }

        @Override
        public int receive(byte[] packet) {
            synchronized (FakeMonitor.this) {
                byte[] next = packets.poll();
                if (next == null) {
                    return NOTHING;
                }
                System.arraycopy(next, 0, packet, 0, next.length);
                return next.length;
            }
        }

        @Override
        public boolean send(byte[] packet, Duration limit) throws IOException {
            synchronized (FakeMonitor.this) {
                if (deaf) {
                    waitFor(limit);
                    return false;
                }
                typed.add(new String(packet, StandardCharsets.UTF_8));
                return true;
            }
        }

        private void waitFor(Duration limit) throws IOException {
            try {
                FakeMonitor.this.wait(limit.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // as a system call would go on
            }
        }

        @Override
        public boolean isInputRead() {
            return true;
        }

        @Override
        public void endInput() {
            synchronized (FakeMonitor.this) {
                typed.add("<end>");
            }
        }

        @Override
        public void close() {
            synchronized (FakeMonitor.this) {
                listening = false;
                if (client == this) {
                    client = null;
                }
            }
        }
    }
}
