package io.fairlead.benchmarks;

import io.fairlead.conformance.server.FairleadServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the cost of many containers, running or only defined. */
final class ManyFigures {
    private static final int PART = 10;
    private static final double SLOWER_LIMIT = 1.5;
    private static final double RESIDENT_KIB_EACH = 64;
    private static final double RESTART_SECONDS = 2.5;
    private static final double KIB_PER_MIB = 1024;

    private final Contender ours;
    private final FairleadServer server;
    private final List<Figure> figures = new ArrayList<>();

    private ManyFigures(FairleadServer server, Contender ours) {
        this.server = server;
        this.ours = ours;
    }

    static List<Figure> measure(int containers, int definitions) throws IOException {
        FairleadServer server = FairleadServer.startWithRunInMemory();
        try (Contender ours = new Contender(server, "client.py")) {
            ManyFigures run = new ManyFigures(server, ours);
            run.containers(containers);
            run.definitions(definitions);
            return run.figures;
        }
    }

    /** Compares the first with the last tenth, and the memory after each. */
    private void containers(int count) throws IOException {
        int tenth = count / PART;
        ours.run("create 60");
        ours.run("clear");
        ours.sample("first", "create " + tenth);
        double before = Memory.residentMib(server.pid());
        ours.run("create " + (count - 2 * tenth));
        ours.sample("last", "create " + tenth);
        double each = (Memory.residentMib(server.pid()) - before) * KIB_PER_MIB / (count - tenth);
        ours.run("clear");
        double first = ours.of("first").p50();
        figures.add(Figure.within(
                "start among %,d running, beside %.1f ms among %,d, p50".formatted(count, first, tenth),
                "times",
                ours.of("last").p50() / first,
                null,
                SLOWER_LIMIT));
        figures.add(
                Figure.within("resident, each of %,d running".formatted(count), "KiB", each, null, RESIDENT_KIB_EACH));
    }

    private void definitions(int count) throws IOException {
        int tenth = count / PART;
        ours.sample("define first", "define " + tenth);
        ours.run("define " + (count - 2 * tenth));
        ours.sample("define last", "define " + tenth);
        double first = ours.of("define first").p50();
        figures.add(Figure.within(
                "define among %,d, beside %.2f ms among %,d, p50".formatted(count, first, tenth),
                "times",
                ours.of("define last").p50() / first,
                null,
                SLOWER_LIMIT));
        server.stop();
        long begin = System.nanoTime();
        server.startAgain();
        double ready = seconds(begin);
        begin = System.nanoTime();
        server.virsh().ok("list", "--all", "--name");
        figures.add(
                Figure.within("start with %,d definitions: ready".formatted(count), "s", ready, null, RESTART_SECONDS));
        figures.add(
                Figure.within("the first list of them, by virsh and with its own start", "s", seconds(begin), null, 1));
        figures.add(Figure.within("resident after that", "MiB", Memory.residentMib(server.pid()), null, 0));
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}
