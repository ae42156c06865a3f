package io.fairlead.benchmarks;

import io.fairlead.conformance.client.RawConnection;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.LibvirtdServer;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures both daemons in turns, so that a noisy moment of the machine affects both, and prints one Markdown table. An
 * argument selects a part: "cold" for a daemon's first calls, "storage" for pools and volumes, "burst" for many starts
 * at once, "exec" for processes in running containers. "many", for a thousand containers and ten thousand definitions,
 * runs only on request.
 */
public final class Main {
    private static final int ROUNDS = 4;
    private static final int CREATES = 10;
    private static final int CALLS = 300;
    private static final int CONTAINERS = 100;
    private static final Duration RATE_TIME = Duration.ofSeconds(2);

    private final Contender ours;
    private final Contender theirs;
    private final List<Figure> figures = new ArrayList<>();

    private Main(Contender ours, Contender theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String part = arguments.length == 0 ? "all" : arguments[0];
        List<Figure> figures = new ArrayList<>();
        switch (part) {
            case "all" -> {
                figures.addAll(ColdFigures.measure(ColdFigures.DAEMONS));
                figures.addAll(domains());
                figures.addAll(BurstFigures.measure());
                figures.addAll(ExecFigures.measure());
                figures.addAll(StorageFigures.measure());
            }
            case "cold" -> figures.addAll(ColdFigures.measure(count(arguments, 1, ColdFigures.DAEMONS)));
            case "burst" -> figures.addAll(BurstFigures.measure());
            case "exec" -> figures.addAll(ExecFigures.measure());
            case "many" -> figures.addAll(ManyFigures.measure(count(arguments, 1, 1_000), count(arguments, 2, 10_000)));
            case "storage" -> figures.addAll(StorageFigures.measure());
            default -> throw new IllegalArgumentException(
                    "bench %s (expected: burst, cold, exec, many or storage)".formatted(part));
        }
        System.out.println(Figure.header());
        figures.forEach(figure -> System.out.println(figure.row()));
    }

    private static int count(String[] arguments, int index, int usual) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : usual;
    }

    private static List<Figure> domains() throws IOException {
        try (Contender ours = new Contender(FairleadServer.startWithRunInMemory(), "client.py");
                Contender theirs = new Contender(LibvirtdServer.start(), "client.py")) {
            Main run = new Main(ours, theirs);
            run.measure();
            return run.figures;
        }
    }

    private void measure() throws IOException {
        double ourIdle = Memory.residentMib(ours.server().pid());
        double theirIdle = Memory.residentMib(theirs.server().pid());
        warmUp();
        containers();
        calls();
        lists();
        memory(ourIdle, theirIdle);
        figures.add(Figure.within(
                "exec to ready, median of 5",
                "s",
                startSeconds(FairleadServer::start),
                startSeconds(LibvirtdServer::start),
                1.5));
    }

    /** Warms both daemons up, because users' daemons have served for a while. */
    private void warmUp() {
        for (Contender one : List.of(ours, theirs)) {
            one.run("define 1000");
            one.run("undefine");
            one.run("version 3000");
            one.run("create 60");
            one.run("info 1000");
            one.run("dumpxml 1000");
            one.run("clear");
        }
    }

    private void containers() {
        for (int round = 0; round < ROUNDS; round++) {
            ours.sample("create", "create " + CREATES);
            theirs.sample("create", "create " + CREATES);
            ours.run("clear");
            theirs.run("clear");
            ours.sample("apart", "apart " + CREATES);
            theirs.sample("apart", "apart " + CREATES);
            ours.sample("destroy", "destroy " + CREATES);
            // 1.8 s each: fewer are enough.
            theirs.sample("destroy", "destroy 2");
            theirs.run("clear");
        }
        add("create a busybox container after a quiet 0.1 s, p50", "ms", "apart", Samples::p50, 2);
        add("the same, p95", "ms", "apart", Samples::p95, 0);
        add("create one after another, p50", "ms", "create", Samples::p50, 2);
        add("the same, p95", "ms", "create", Samples::p95, 0);
        add("destroy it, p50", "ms", "destroy", Samples::p50, 50);
        add("destroy it, p95", "ms", "destroy", Samples::p95, 0);
    }

    private void calls() throws IOException {
        for (int connections : new int[] {1, 8}) {
            double our = 0;
            double their = 0;
            for (int round = 0; round < ROUNDS; round++) {
                our = Math.max(our, CallRate.measure(ours.server().socket(), connections, RATE_TIME));
                their = Math.max(their, CallRate.measure(theirs.server().socket(), connections, RATE_TIME));
            }
            figures.add(Figure.higher(
                    "trivial calls, %d connection%s, best of %d"
                            .formatted(connections, connections == 1 ? "" : "s", ROUNDS),
                    "/s",
                    our,
                    their,
                    1));
        }
        alternate("version", "version " + CALLS);
        add("trivial call through libvirt-python, p50", "ms", "version", Samples::p50, 0);
        ours.run("create 1");
        theirs.run("create 1");
        alternate("info", "info " + CALLS);
        alternate("dumpxml", "dumpxml " + CALLS);
        ours.run("clear");
        theirs.run("clear");
        add("info of a running container, p50", "ms", "info", Samples::p50, 1);
        add("dumpxml of a running container, p50", "ms", "dumpxml", Samples::p50, 1);
    }

    private void lists() {
        alternate("define", "define 50");
        add("define, p50", "ms", "define", Samples::p50, 1);
        alternate("list200", "list 25");
        add("list 200 domains, p50", "ms", "list200", Samples::p50, 1);
        for (Contender one : List.of(ours, theirs)) {
            one.run("define 1800");
        }
        alternate("list2000", "list 10");
        add("list 2,000 domains, p50", "ms", "list2000", Samples::p50, 1);
        for (Contender one : List.of(ours, theirs)) {
            one.run("undefine");
        }
    }

    private void memory(double ourIdle, double theirIdle) throws IOException {
        for (Contender one : List.of(ours, theirs)) {
            one.run("create " + CONTAINERS);
        }
        String ourDirectory = ours.server().directory().toString();
        figures.add(Figure.lower("resident, idle after start", "MiB", ourIdle, theirIdle, 0));
        figures.add(Figure.lower(
                "resident, 100 containers",
                "MiB",
                Memory.residentMib(ours.server().pid()),
                Memory.residentMib(theirs.server().pid()),
                0));
        figures.add(Figure.lower(
                "monitor's share per container (PSS)",
                "KiB",
                Memory.shareKibEach("conmon", ourDirectory, CONTAINERS),
                Memory.shareKibEach("libvirt_lxc", "run", CONTAINERS),
                0));
        figures.add(Figure.within(
                "killed and started with 100 containers: ready, and all adopted", "s", adoptionSeconds(), null, 2.5));
        theirs.run("clear");
        ours.server().wipe();
    }

    /** From exec until the daemon is ready and lists every container as running again. */
    private double adoptionSeconds() {
        FairleadServer server = (FairleadServer) ours.server();
        server.kill();
        long start = System.nanoTime();
        server.startAgain();
        while (server.virsh().ok("list", "--state-running", "--name").lines().count() < CONTAINERS) {
            try (RawConnection probe = RawConnection.to(server.socket()).open()) {
                probe.call(157);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double startSeconds(Supplier<? extends Server> start) {
        Samples samples = new Samples();
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            try (Server server = start.get()) {
                samples.addAll(List.of((System.nanoTime() - before) / 1e9));
                server.socket();
            }
        }
        return samples.p50();
    }

    private void alternate(String name, String command) {
        for (int round = 0; round < ROUNDS; round++) {
            ours.sample(name, command);
            theirs.sample(name, command);
        }
    }

    private interface Statistic {
        double of(Samples samples);
    }

    private void add(String name, String unit, String sample, Statistic statistic, double factor) {
        figures.add(Figure.lower(name, unit, statistic.of(ours.of(sample)), statistic.of(theirs.of(sample)), factor));
    }
}
