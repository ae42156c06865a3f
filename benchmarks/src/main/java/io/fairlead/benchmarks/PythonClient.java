package io.fairlead.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** libvirt-python in a process of its own with one connection, as users of the library run it. */
final class PythonClient implements AutoCloseable {
    private final Process process;
    private final PrintWriter out;
    private final BufferedReader in;

    /** @param name name of the script, which documents its commands */
    PythonClient(String name, String uri, Path directory, Path root) {
        try {
            Path script = directory.resolve(name);
            try (InputStream text = PythonClient.class.getResourceAsStream(name)) {
                Files.copy(text, script);
            }
            process = new ProcessBuilder("/usr/bin/python3", script.toString(), uri, root.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("start the python client", e);
        }
        out = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs a command of the script, whose answer is durations in milliseconds. */
    List<Double> ask(String command) {
        out.println(command);
        try {
            String answer = in.readLine();
            if (answer == null) {
                throw new IllegalStateException("the python client ended at: " + command);
            }
            return answer.isBlank()
                    ? List.of()
                    : Arrays.stream(answer.split(" ")).map(Double::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    @Override
    public void close() {
        out.close();
        process.destroy();
    }
}
