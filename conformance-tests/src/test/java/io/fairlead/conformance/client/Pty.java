package io.fairlead.conformance.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program on a terminal of its own, as {@code virsh console} demands; made by util-linux's {@code script}. */
public final class Pty implements AutoCloseable {
    private static final char ESCAPE = 0x1d;

    private final Process process;
    private final StringBuilder seen = new StringBuilder();

    private Pty(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "pty reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** {@code virsh console} on a domain, once it says that it is connected. */
    public static Pty console(String uri, String domain, String... options) {
        Pty pty = run("virsh -c '%s' console %s %s".formatted(uri, String.join(" ", options), domain));
        pty.await("Escape character is");
        return pty;
    }

    public static Pty run(String shellCommand) {
        return new Pty(Command.of("script", "--quiet", "--return", "--flush", "--command", shellCommand, "/dev/null")
                .start());
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (seen) {
                    seen.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            synchronized (seen) {
                seen.append("(unreadable: ").append(e.getMessage()).append(')');
            }
        }
    }

    /** Sends key strokes; a line ends with a carriage return. */
    public void type(String keys) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(keys.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("type into " + this, e);
        }
    }

    public String await(String text) {
        return Eventually.see(
                "the terminal shows " + text, Duration.ofSeconds(15), this::text, all -> all.contains(text));
    }

    public String text() {
        synchronized (seen) {
            return seen.toString();
        }
    }

    /** Types virsh's escape character and waits for the end. */
    public int leave() {
        type(String.valueOf(ESCAPE));
        return end();
    }

    public int end() {
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                throw new AssertionError("still on the terminal: " + text());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
