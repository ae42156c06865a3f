package io.fairlead.benchmarks;

import io.fairlead.conformance.server.TestPool;
import java.util.List;

/** Measures upload and download of a volume, against libvirt's own daemon on the same disk. */
@SuppressWarnings("try") // the variable only holds the pool
final class TransferFigures {
    private static final int ROUNDS = 9;
    private static final int MIB = 256;
    private static final String POOL = "files";
    private static final double MILLIS_PER_SECOND = 1000;

    private final Contender ours;
    private final Contender theirs;

    TransferFigures(Contender ours, Contender theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    List<Figure> measure() {
        try (TestPool our = TestPool.start(ours.server(), TestPool.Kind.FOLDER, POOL);
                TestPool their = TestPool.start(theirs.server(), TestPool.Kind.FOLDER, POOL)) {
            for (Contender one : List.of(ours, theirs)) {
                one.run("disk %s disk %d".formatted(POOL, MIB));
                one.run("upload %s disk".formatted(POOL)); // the first upload allocates the blocks
                one.run("download %s disk".formatted(POOL));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (String direction : List.of("upload", "download")) {
                    ours.sample(direction, "%s %s disk".formatted(direction, POOL));
                    theirs.sample(direction, "%s %s disk".formatted(direction, POOL));
                }
            }
            ours.run("clear %s -".formatted(POOL));
            theirs.run("clear %s -".formatted(POOL));
        }
        return List.of(figure("upload"), figure("download"));
    }

    private Figure figure(String direction) {
        return Figure.higher(
                "%s a volume of %d MiB, median of %d".formatted(direction, MIB, ROUNDS),
                "MiB/s",
                speed(ours.of(direction)),
                speed(theirs.of(direction)),
                1);
    }

    private static double speed(Samples samples) {
        return MIB * MILLIS_PER_SECOND / samples.p50();
    }
}
