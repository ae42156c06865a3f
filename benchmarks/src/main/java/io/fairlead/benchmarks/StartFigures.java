package io.fairlead.benchmarks;

import java.util.List;

/** Measures the extra time of a container's start if its root is a volume: a clone that was not used before. */
final class StartFigures {
    private static final int ROUNDS = 40;
    private static final int STARTS = 5;
    private static final double LIMIT = 1.2;

    private final Contender ours;
    private final TreePool pool;
    private final String kind;

    StartFigures(Contender ours, TreePool pool, String kind) {
        this.ours = ours;
        this.pool = pool;
        this.kind = kind;
    }

    List<Figure> measure() {
        round("warm up", true);
        for (int round = 0; round < ROUNDS; round++) {
            round(kind, round % 2 == 0);
        }
        double plain = ours.of("directory " + kind).p50();
        return List.of(Figure.within(
                "start on a volume, beside %.1f ms on a plain directory, %s, p50".formatted(plain, kind),
                "times",
                ours.of("volume " + kind).p50() / plain,
                null,
                LIMIT));
    }

    /**
     * The clones exist during both measurements, because the cost of other mounts does not depend on the container's
     * own root. Each kind comes first in half of the rounds, because the kernel is still busy with the containers that
     * ended before.
     */
    private void round(String name, boolean directoryFirst) {
        ours.run("clone %s %s %d".formatted(pool.name(), TreePool.IMAGE, STARTS));
        if (directoryFirst) {
            onDirectory(name);
        }
        ours.sample("volume " + name, "start %s %d".formatted(pool.name(), STARTS));
        ours.run("end");
        if (!directoryFirst) {
            onDirectory(name);
        }
        pool.clear();
    }

    private void onDirectory(String name) {
        ours.sample("directory " + name, "startdir " + STARTS);
        ours.run("end");
    }
}
