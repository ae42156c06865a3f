package io.fairlead.linux.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.ProcessStat;
import io.fairlead.linux.process.Spawn;
import io.fairlead.linux.process.SpawnedProcess;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHost(HostFeature.ROOT)
class CgroupTest {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    private final List<SpawnedProcess> started = new ArrayList<>();
    private CgroupLayout layout;
    private Cgroup top;
    private Cgroup group;

    @BeforeEach
    void makeGroup() throws Exception {
        layout = CgroupLayout.detect();
        top = layout.group("/fairlead-test-" + ProcessHandle.current().pid());
        group = top.child("one");
        group.create();
    }

    @AfterEach
    void removeAll() throws Exception {
        top.kill(SECONDS);
        for (SpawnedProcess process : started) {
            process.close();
        }
        top.remove(SECONDS);
        assertFalse(top.exists());
    }

    @Test
    void create_whenItExistsAlready_changesNothing() throws Exception {
        assertEquals(Set.of(), group.create());
        assertEquals(List.of(group.path()), top.descendants());
    }

    @Test
    void processes_whenSomeAreInGroupsBelow_listsAllOnce() throws Exception {
        // v2 allows processes only in groups that pass no controllers on, so both are in leaves.
        Cgroup left = group.child("left");
        Cgroup right = group.child("right");
        left.create();
        right.create();
        int first = sleeperIn(left);
        int second = sleeperIn(right);
        assertEquals(Set.of(first, second), Set.copyOf(group.processes()));
        assertEquals(2, group.processes().size());
        assertEquals(List.of(group.path(), left.path(), right.path()), top.descendants());
    }

    @Test
    void freeze_whenProcessesRun_stopsThemUntilThaw() throws Exception {
        sleeperIn(group);
        group.freeze(SECONDS);
        assertTrue(group.frozen());
        group.thaw();
        assertFalse(group.frozen());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void kill_whenProcessesRunOrAreFrozen_leavesNone(boolean frozen) throws Exception {
        Cgroup left = group.child("left");
        Cgroup right = group.child("right");
        left.create();
        right.create();
        int first = sleeperIn(left);
        sleeperIn(right);
        if (frozen) {
            group.freeze(SECONDS);
        }
        group.kill(SECONDS);
        assertTrue(group.processes().isEmpty());
        assertFalse(ProcessStat.read(first).alive());
    }

    @Test
    void kill_whenProcessesForkAllTheTime_leavesNone() throws Exception {
        SpawnedProcess bomb = Spawn.of(List.of("sh", "-c", "while :; do sleep 0.01 & sleep 0.002; done"))
                .start();
        started.add(bomb);
        group.add(bomb.pid());
        Thread.sleep(100);
        group.kill(SECONDS);
        assertTrue(group.processes().isEmpty());
    }

    @Test
    void kill_whenTheKernelHasNoKillFile_leavesNoneEither() throws Exception {
        int pid = sleeperIn(group);
        group.freeze(SECONDS);
        new CgroupKiller(layout, group, null).kill(SECONDS);
        assertTrue(group.processes().isEmpty());
        assertFalse(ProcessStat.read(pid).alive());
    }

    @Test
    void kill_whenItIsEmptyOrMissing_succeedsAtOnce() throws Exception {
        group.kill(Duration.ZERO);
        top.child("missing").kill(Duration.ZERO);
    }

    @Test
    void remove_whenAProcessIsLeft_refusesAfterTheLimit() throws Exception {
        sleeperIn(group);
        ErrnoException refusal = assertThrows(ErrnoException.class, () -> group.remove(Duration.ofMillis(50)));
        assertEquals(Errno.EBUSY, refusal.errno());
        assertTrue(group.exists());
    }

    @Test
    void remove_whenThereAreGroupsBelow_removesThemFirst() throws Exception {
        group.child("a").child("b").create();
        group.remove(SECONDS);
        assertFalse(group.exists());
        group.remove(Duration.ZERO);
    }

    @Test
    void cpuNanos_whenAProcessBurnsCpu_grows() throws Exception {
        SpawnedProcess burner =
                Spawn.of(List.of("sh", "-c", "while :; do :; done")).start();
        started.add(burner);
        group.add(burner.pid());
        long before = group.usage().cpuNanos().orElseThrow();
        Thread.sleep(200);
        long used = group.usage().cpuNanos().orElseThrow() - before;
        assertTrue(used > 20_000_000 && used < 1_000_000_000, "used " + used);
        assertTrue(group.usage().memoryBytes().orElseThrow() >= 0);
        assertEquals(1, group.usage().processCount().orElseThrow());
    }

    @Test
    void usage_whenTheGroupIsGone_isEmpty() throws Exception {
        CgroupUsage usage = top.child("missing").usage();
        assertTrue(usage.cpuNanos().isEmpty());
        assertTrue(usage.memoryBytes().isEmpty());
        assertTrue(usage.swapBytes().isEmpty());
        assertEquals(List.of(), usage.io());
    }

    @Test
    void memoryBytes_whenSetAndLifted_readsBack() throws Exception {
        CgroupLimits limits = group.limits();
        assertEquals(CgroupLimits.UNLIMITED, limits.memoryBytes().orElseThrow());
        limits.memoryBytes(64 << 20);
        assertEquals(64 << 20, limits.memoryBytes().orElseThrow());
        limits.memorySoftBytes(32 << 20);
        assertEquals(32 << 20, limits.memorySoftBytes().orElseThrow());
        limits.memorySoftBytes(CgroupLimits.UNLIMITED);
        assertEquals(CgroupLimits.UNLIMITED, limits.memorySoftBytes().orElseThrow());
        limits.memoryBytes(CgroupLimits.UNLIMITED);
        assertEquals(CgroupLimits.UNLIMITED, limits.memoryBytes().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 512, 1024, 262_144})
    void cpuShares_whenSet_keepTheirWeight(long shares) throws Exception {
        CgroupLimits limits = group.limits();
        limits.cpuShares(shares);
        long back = limits.cpuShares().orElseThrow();
        assertEquals(Weights.cpuWeight(shares), Weights.cpuWeight(back));
    }

    @Test
    void cpuQuota_whenSetAndLifted_readsBack() throws Exception {
        CgroupLimits limits = group.limits();
        assertEquals(CgroupLimits.UNLIMITED, limits.cpuQuotaMicros().orElseThrow());
        limits.cpuQuota(50_000, 200_000);
        assertEquals(50_000, limits.cpuQuotaMicros().orElseThrow());
        assertEquals(200_000, limits.cpuPeriodMicros().orElseThrow());
        limits.cpuQuota(CgroupLimits.UNLIMITED, 100_000);
        assertEquals(CgroupLimits.UNLIMITED, limits.cpuQuotaMicros().orElseThrow());
    }

    @Test
    void cpus_whenSet_readBack() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                layout.with("cpuset").isPresent(), "the kernel has no cpuset controller");
        group.limits().cpus("0");
        assertEquals("0", group.limits().cpus());
        assertEquals("0", group.limits().memoryNodes());
    }

    @Test
    void processes_whenLimited_readBack() throws Exception {
        group.limits().processes(7);
        assertEquals(7, group.limits().processes().orElseThrow());
        group.limits().processes(CgroupLimits.UNLIMITED);
        assertEquals(CgroupLimits.UNLIMITED, group.limits().processes().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "one", "/one/", "//one", "/../one", "/one/.", "/one\n", "/one/.."})
    void group_whenThePathCouldLeadElsewhere_isRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> layout.group(path));
    }

    private int sleeperIn(Cgroup cgroup) throws Exception {
        SpawnedProcess process = Spawn.of(List.of("sleep", "1000")).start();
        started.add(process);
        cgroup.add(process.pid());
        return process.pid();
    }
}
