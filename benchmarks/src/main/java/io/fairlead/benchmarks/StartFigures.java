package io.fairlead.benchmarks;

import java.util.List;

/** What it costs a container's start that its root is a volume: a clone that nobody has used before. */
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
     * Clones lie there during both: what mounts of others cost a start is no matter of its own root. Either comes first in half of the
     * rounds, since the kernel is still busy with those that were ended before.
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
