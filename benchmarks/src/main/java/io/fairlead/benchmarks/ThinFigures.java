package io.fairlead.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.conformance.server.Scratch;
import io.fairlead.linux.testing.UmlMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures clones of thin volumes, and the bare system calls for a clone. Runs on the kernel of a User-Mode Linux
 * machine, so that the host's kernel needs no thin pools. System calls are slow there, so only ratios are meaningful.
 */
final class ThinFigures {
    private static final List<String> MODULES = List.of("dm-mod", "dm-thin-pool", "loop");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double MILLIS_MAX = 10;
    private static final double BARE_TIMES_MAX = 1.5;
    /** Two medians from the same machine differ by this much. */
    private static final double FLAT_TIMES_MAX = 1.3;

    private final Map<String, Samples> samples = new HashMap<>();

    private ThinFigures() {}

    static List<Figure> measure() throws IOException, InterruptedException {
        Path scratch = Scratch.newDirectory();
        ThinFigures figures = new ThinFigures();
        try (UmlMachine machine = UmlMachine.boot(scratch, MODULES, command(scratch))) {
            if (machine.waitFor(LIMIT) != 0) {
                throw new IOException("thin volumes could not be timed:\n" + machine.console());
            }
            figures.read(scratch.resolve(ThinTiming.REPORT));
        } finally {
            Scratch.delete(scratch);
        }
        return figures.table();
    }

    /**
     * One compiler thread is enough for one CPU; hsperfdata needs a writable /tmp. The heap is touched before, because
     * a page fault takes as long as a system call there.
     */
    private static String command(Path scratch) {
        return "exec '%s/bin/java' -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms128m -Xmx128m -XX:+AlwaysPreTouch -Djava.io.tmpdir=/run/tmp -cp '%s' %s %s"
                .formatted(
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        ThinTiming.class.getName(),
                        scratch);
    }

    private void read(Path report) throws IOException {
        for (String line : Files.readAllLines(report, UTF_8)) {
            String[] words = line.split(" ");
            samples.computeIfAbsent(words[0], name -> new Samples()).addAll(List.of(Double.valueOf(words[1])));
        }
    }

    private List<Figure> table() {
        double ours = p50(ThinTiming.OURS, ThinTiming.SMALL);
        return List.of(
                Figure.within("clone, activate and mount a thin volume, in UML, p50", "ms", ours, null, MILLIS_MAX),
                beside("the bare system calls", ours / p50(ThinTiming.BARE, ThinTiming.SMALL), BARE_TIMES_MAX),
                // Its file system is larger, too, and takes longer to mount: even the bare calls depend on the size.
                beside(
                        "the bare system calls, of 10 GB",
                        p50(ThinTiming.OURS, ThinTiming.LARGE) / p50(ThinTiming.BARE, ThinTiming.LARGE),
                        BARE_TIMES_MAX),
                beside("one of 10 MB, of 10 GB", p50(ThinTiming.OURS, ThinTiming.LARGE) / ours, FLAT_TIMES_MAX),
                beside("1 snapshot, among 1,000", p50(ThinTiming.OURS, ThinTiming.CROWDED) / ours, FLAT_TIMES_MAX));
    }

    private static Figure beside(String what, double times, double limit) {
        return Figure.within("the same beside " + what, "times", times, null, limit);
    }

    private double p50(String who, String what) {
        return samples.get(who + what).p50();
    }
}
