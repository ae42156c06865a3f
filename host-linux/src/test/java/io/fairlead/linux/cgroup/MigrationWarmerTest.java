package io.fairlead.linux.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.KernelFile;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.HostTables;
import io.fairlead.linux.testing.NeedsHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NeedsHost({HostFeature.ROOT, HostFeature.CGROUP_V1})
class MigrationWarmerTest {
    private static final int ROUNDS = 15;

    @Test
    void warm_whenDoneJustBefore_makesAMoveCheaper() throws Exception {
        CgroupLayout layout = CgroupLayout.detect();
        Cgroup top = layout.group("/fairlead-warm-" + ProcessHandle.current().pid());
        HostTables before = HostTables.snapshot("fairlead-warm", Set.of("cat"));
        long[] cold = new long[ROUNDS];
        long[] warm = new long[ROUNDS];
        try (SpawnedProcess sleeper = Spawn.of(List.of("sleep", "1000")).start();
                MigrationWarmer warmer = new MigrationWarmer(layout, top.child("w"))) {
            top.child("a").create();
            top.child("b").create();
            warmer.move(); // also starts its helper
            for (int i = 0; i < ROUNDS; i++) {
                Thread.sleep(100);
                cold[i] = move(sleeper, top.child(i % 2 == 0 ? "a" : "b"));
                Thread.sleep(100);
                assertTrue(warmer.move() > 0);
                warm[i] = move(sleeper, top.child(i % 2 == 0 ? "b" : "a"));
            }
        } finally {
            top.remove(Duration.ofSeconds(5));
        }
        Arrays.sort(cold);
        Arrays.sort(warm);
        long coldMedian = cold[ROUNDS / 2];
        long warmMedian = warm[ROUNDS / 2];
        // Not asserted strictly: with a kernel that never waits there is nothing to gain, and that is no fault.
        if (coldMedian > 3_000_000) {
            assertTrue(warmMedian * 2 < coldMedian, "cold %d ns, warm %d ns".formatted(coldMedian, warmMedian));
        }
        assertEquals(
                List.of(), HostTables.snapshot("fairlead-warm", Set.of("cat")).addedSince(before));
    }

    @Test
    void warm_whenAskedManyTimes_returnsAtOnceAndClosesCleanly() throws Exception {
        CgroupLayout layout = CgroupLayout.detect();
        Cgroup top = layout.group("/fairlead-warm-" + ProcessHandle.current().pid());
        try (MigrationWarmer warmer = new MigrationWarmer(layout, top)) {
            long begin = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                warmer.warm();
            }
            assertTrue(System.nanoTime() - begin < 1_000_000_000L);
        } finally {
            top.remove(Duration.ofSeconds(5));
        }
    }

    private static long move(SpawnedProcess process, Cgroup target) throws Exception {
        long begin = System.nanoTime();
        KernelFile.write(target.folder("pids").orElseThrow().resolve("cgroup.procs"), Integer.toString(process.pid()));
        return System.nanoTime() - begin;
    }
}
