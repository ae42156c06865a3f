package io.fairlead.conformance.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program run to its end, with a time limit after which it is killed and the case fails. */
public final class Command {
    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();
    private Duration limit = Duration.ofSeconds(60);
    private String input = "";

    private Command(List<String> words) {
        this.words = words;
    }

    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(List.copyOf(words));
    }

    /** The same command with words put in front, such as {@code nsenter}. */
    public Command behind(List<String> prefix) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        Command command = new Command(all).within(limit).typing(input);
        command.environment.putAll(environment);
        return command;
    }

    public Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Command within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    public Command typing(String newInput) {
        input = newInput;
        return this;
    }

    public Outcome run() {
        long start = System.nanoTime();
        Process process = start();
        CompletableFuture<String> out = drain(process.getInputStream());
        CompletableFuture<String> err = drain(process.getErrorStream());
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A program may end without reading all of its input; its exit status decides.
            input = "";
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("not done after %s: %s%n%s%n%s"
                        .formatted(limit, String.join(" ", words), out.join(), err.join()));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + words, e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(words, process.exitValue(), out.join(), err.join(), took);
    }

    /** Starts it and returns at once; the caller owns the process. */
    public Process start() {
        ProcessBuilder builder = new ProcessBuilder(words);
        // virsh prints dates and messages in the user's language.
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("start " + words, e);
        }
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(unreadable: " + e.getMessage() + ")");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return text;
    }
}
