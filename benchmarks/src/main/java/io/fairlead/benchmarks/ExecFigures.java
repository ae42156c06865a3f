package io.fairlead.benchmarks;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Measures the start of a process in a running container, beside the same by the bare runtime. */
final class ExecFigures {
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 100;
    private static final double LIMIT = 1.3;
    private static final Duration LIMIT_EACH = Duration.ofMinutes(2);

    private ExecFigures() {}

    static List<Figure> measure() {
        try (Server server = FairleadServer.startWithRunInMemory()) {
            DomainXml.sleeping(server, "exec").start(server);
            Path script = server.directory().resolve("exec.py");
            try (InputStream text = ExecFigures.class.getResourceAsStream("exec.py")) {
                Files.copy(text, script);
            } catch (IOException e) {
                throw new UncheckedIOException("write " + script, e);
            }
            run(server, script, WARM_UP);
            List<String> lines = run(server, script, ROUNDS).lines().toList();
            double bare = samples(lines.get(1)).p50();
            double ours = samples(lines.get(0)).p50();
            return List.of(Figure.within(
                    "run `true` in a container, %.1f ms, beside %.1f ms for bare crun exec, p50".formatted(ours, bare),
                    "times",
                    ours / bare,
                    null,
                    LIMIT));
        }
    }

    /** In the daemon's mount namespace: crun refuses a host that mounts both versions of control groups. */
    private static String run(Server server, Path script, int rounds) {
        return Command.of(
                        "nsenter",
                        "--mount",
                        "--target",
                        Long.toString(server.pid()),
                        "python3",
                        script.toString(),
                        server.socket().toString(),
                        server.directory().resolve("run").toString(),
                        "exec",
                        Integer.toString(rounds))
                .within(LIMIT_EACH)
                .run()
                .orFail();
    }

    private static Samples samples(String line) {
        Samples samples = new Samples();
        samples.addAll(Arrays.stream(line.split(" ")).map(Double::valueOf).toList());
        return samples;
    }
}
