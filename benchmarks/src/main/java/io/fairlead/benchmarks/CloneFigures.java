package io.fairlead.benchmarks;

import java.util.List;

/** Measures the time until a clone of a tree is usable for a container, and the gain by more threads. */
final class CloneFigures {
    private static final int ROUNDS = 4;
    private static final int CLONES = 25;
    private static final int MANY = 100;
    private static final int THREADS = 8;
    private static final double LIMIT_MILLIS = 5;
    /** Part of the cores' ideal gain: the client and the kernel's journal use the cores, too. */
    private static final double PART_OF_CORES = 0.75;

    private final Contender ours;
    private final TreePool pool;
    private final String kind;

    CloneFigures(Contender ours, TreePool pool, String kind) {
        this.ours = ours;
        this.pool = pool;
        this.kind = kind;
    }

    List<Figure> measure() {
        one("warm up", MANY);
        for (int round = 0; round < ROUNDS; round++) {
            one("clone " + kind, CLONES);
            together(1);
            together(THREADS);
        }
        double gain = of(1).p50() / of(THREADS).p50();
        int cores = Math.min(THREADS, Runtime.getRuntime().availableProcessors());
        return List.of(
                Figure.within(
                        "clone a tree, ready for a container, %s, p50".formatted(kind),
                        "ms",
                        ours.of("clone " + kind).p50(),
                        null,
                        LIMIT_MILLIS),
                Figure.reaching(
                        "%d clones of one tree by %d threads on %d cores, beside 1 thread, %s"
                                .formatted(MANY, THREADS, cores, kind),
                        "times as fast",
                        gain,
                        Math.max(1, PART_OF_CORES * cores)));
    }

    private void one(String name, int count) {
        ours.sample(name, "clone %s %s %d".formatted(pool.name(), TreePool.IMAGE, count));
        pool.clear();
    }

    private void together(int threads) {
        ours.sample(name(threads), "clones %s %s %d %d".formatted(pool.name(), TreePool.IMAGE, MANY, threads));
        pool.clear();
    }

    private Samples of(int threads) {
        return ours.of(name(threads));
    }

    private String name(int threads) {
        return "%d threads %s".formatted(threads, kind);
    }
}
