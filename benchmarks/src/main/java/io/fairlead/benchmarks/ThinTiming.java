package io.fairlead.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs in the machine of {@link ThinFigures}: times clones of volumes of two sizes, and of one among many others, in
 * turns with the bare system calls. The one argument is a folder for the report: lines of a name and milliseconds. The
 * disks and the records of the pool lie in memory.
 */
final class ThinTiming {
    static final String REPORT = "report";
    static final String OURS = "ours-";
    static final String BARE = "bare-";
    static final String SMALL = "small";
    static final String LARGE = "large";
    static final String CROWDED = "crowded";

    private static final long SMALL_BYTES = 10L << 20;
    private static final long LARGE_BYTES = 10L << 30;
    private static final int SMALL_CONTENT_BYTES = 4 << 20;
    private static final int LARGE_CONTENT_BYTES = 256 << 20;
    /** More than the 200 calls after which a method is compiled; otherwise the turns would measure the compiler. */
    private static final int WARM_UPS = 300;

    private static final int ROUNDS = 150;
    private static final int CROWD = 1000;

    private final ThinMachinery machinery;
    private final Path report;

    private ThinTiming(ThinMachinery machinery, Path report) {
        this.machinery = machinery;
        this.report = report;
    }

    public static void main(String... arguments) throws IOException {
        new ThinTiming(ThinMachinery.start(Path.of("/run/pool")), Path.of(arguments[0], REPORT)).run();
        System.exit(0); // the pool's threads would keep the process alive
    }

    private void run() throws IOException {
        machinery.makeImage(SMALL, SMALL_BYTES, SMALL_CONTENT_BYTES);
        machinery.makeImage(LARGE, LARGE_BYTES, LARGE_CONTENT_BYTES);
        for (int i = 0; i < WARM_UPS; i++) {
            machinery.ours(SMALL);
            machinery.bare(SMALL);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String image : new String[] {SMALL, LARGE}) {
                keep(BARE + image, machinery.bare(image));
                keep(OURS + image, machinery.ours(image));
            }
        }
        machinery.crowd(SMALL, CROWD);
        for (int round = 0; round < ROUNDS; round++) {
            keep(BARE + CROWDED, machinery.bare(SMALL));
            keep(OURS + CROWDED, machinery.ours(SMALL));
        }
    }

    private void keep(String name, double millis) throws IOException {
        String line = "%s %.4f%n".formatted(name, millis);
        Files.writeString(report, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
