package io.fairlead.benchmarks;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Measures many starts at once, and the time that the runtime alone takes for them when several shells call it. */
final class BurstFigures {
    private static final int ROUNDS = 4;
    private static final int CONTAINERS = 100;
    private static final int CLIENTS = 8;
    private static final double LIMIT = 1.25;
    private static final Duration LIMIT_EACH = Duration.ofMinutes(2);

    private BurstFigures() {}

    static List<Figure> measure() {
        Path directory = Scratch.newDirectory();
        Samples bare = new Samples();
        try (Contender ours = new Contender(FairleadServer.startWithRunInMemory(), "client.py")) {
            Path script = script(directory);
            Path root = RootTree.below(directory).path();
            ours.run("create 60");
            ours.run("clear");
            for (int round = 0; round < ROUNDS; round++) {
                ours.sample("burst", "burst %d %d".formatted(CONTAINERS, CLIENTS));
                ours.run("clear");
                bare.addAll(List.of(bareMillis(script, directory.resolve("bare"), root)));
            }
            double alone = bare.p50();
            return List.of(Figure.within(
                    "start %d containers by %d clients, beside %,.0f ms for bare crun by as many shells, median of %d"
                            .formatted(CONTAINERS, CLIENTS, alone, ROUNDS),
                    "times",
                    ours.of("burst").p50() / alone,
                    null,
                    LIMIT));
        } finally {
            Scratch.delete(directory);
        }
    }

    private static double bareMillis(Path script, Path folder, Path root) {
        return Double.parseDouble(Command.of(
                        "bash",
                        script.toString(),
                        folder.toString(),
                        root.toString(),
                        Integer.toString(CONTAINERS),
                        Integer.toString(CLIENTS))
                .within(LIMIT_EACH)
                .run()
                .orFail()
                .strip());
    }

    private static Path script(Path directory) {
        Path script = directory.resolve("bare.sh");
        try (InputStream text = BurstFigures.class.getResourceAsStream("bare.sh")) {
            Files.copy(text, script);
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("write " + script, e);
        }
    }
}
