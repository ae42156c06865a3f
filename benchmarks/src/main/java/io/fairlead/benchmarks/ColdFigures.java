package io.fairlead.benchmarks;

import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.LibvirtdServer;
import io.fairlead.conformance.server.Scratch;
import io.fairlead.conformance.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures the first calls to a daemon that has just started. The two daemons are started anew in turns. Each is called
 * as soon as it serves, one call after another without a pause, by a new process and over a new connection for every
 * call.
 */
final class ColdFigures {
    /** Number of starts of each kind; fewer are enough on a busy machine. */
    static final int DAEMONS = 10;

    private static final int CALLS = 50;
    private static final List<String> KINDS = List.of("connect", "define", "list", "dumpxml", "info", "create");

    private final PythonClient client;
    private final int daemons;
    private final Map<String, Samples> ours = new HashMap<>();
    private final Map<String, Samples> theirs = new HashMap<>();

    private ColdFigures(PythonClient client, int daemons) {
        this.client = client;
        this.daemons = daemons;
    }

    static List<Figure> measure(int daemons) {
        Path directory = Scratch.newDirectory();
        Path root = RootTree.below(directory).path();
        try (PythonClient client = new PythonClient("cold.py", "-", directory, root)) {
            ColdFigures run = new ColdFigures(client, daemons);
            for (int daemon = 0; daemon < daemons; daemon++) {
                run.ask(FairleadServer::startWithRunInMemory, run.ours);
                run.ask(LibvirtdServer::start, run.theirs);
            }
            return run.figures();
        } finally {
            Scratch.delete(directory);
        }
    }

    /** libvirtd does not report that it serves. So one connection, not measured, shows that before its "first" one. */
    private void ask(Supplier<? extends Server> start, Map<String, Samples> samples) {
        try (Server server = start.get()) {
            client.ask("at " + server.uri());
            add(samples, "first", client.ask("open"));
            client.ask("calls " + CALLS);
            KINDS.forEach(kind -> add(samples, kind, client.ask("samples " + kind)));
        }
    }

    private static void add(Map<String, Samples> samples, String kind, List<Double> more) {
        samples.computeIfAbsent(kind, key -> new Samples()).addAll(more);
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.within(
                "cold: first connection after ready, median of %d daemons".formatted(daemons),
                "ms",
                ours.get("first").p50(),
                theirs.get("first").p50(),
                40));
        for (String kind : KINDS) {
            double our = ours.get(kind).p50();
            double their = theirs.get(kind).p50();
            String name = "cold: %s, p50 of the first %d calls".formatted(kind, CALLS);
            figures.add(
                    switch (kind) {
                        case "connect" -> Figure.notSlower(name, "ms", our, their, 1.5);
                        case "create" -> Figure.lower(name, "ms", our, their, 2);
                        default -> Figure.notSlower(name, "ms", our, their, 1.2);
                    });
            figures.add(Figure.lower(
                    "the same, p95",
                    "ms",
                    ours.get(kind).p95(),
                    theirs.get(kind).p95(),
                    0));
        }
        return figures;
    }
}
