package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.linux.process.ResourceLimit.Resource;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.testing.HostFeature;
import io.fairlead.linux.testing.NeedsHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private static final int OWN_PID = (int) ProcessHandle.current().pid();

    @Test
    void parse_whenTheNameHoldsSpacesAndParentheses_findsTheFieldsBehind() {
        ProcessStat stat = ProcessStat.parse("42 (a) b (c) S 7 42 41 0 -1 4194560 1 2 3 4 15 16 17 18 20 0 1 0 9876 5");
        assertEquals(new ProcessStat(42, "a) b (c", 'S', 7, 42, 41, 15, 16, 9876), stat);
    }

    @Test
    void isAlive_whenOnlyTheStartTimeDiffers_isFalse() throws Exception {
        ProcessId self = ProcessId.of(OWN_PID);
        assertTrue(self.isAlive());
        assertFalse(new ProcessId(self.pid(), self.startTicks() + 1).isAlive());
    }

    @Test
    void isAlive_whenItIsAZombie_isFalse() throws Exception {
        try (SpawnedProcess process = Spawn.of(List.of("sleep", "1000")).start();
                Pidfd pidfd = Pidfd.open(process.pid())) {
            ProcessId id = ProcessId.of(process.pid());
            pidfd.signal(9);
            assertTrue(pidfd.awaitExit(Duration.ofSeconds(5)));
            assertEquals('Z', ProcessStat.read(id.pid()).state());
            assertFalse(id.isAlive());
            assertEquals(OptionalInt.of(128 + 9), process.waitFor(Duration.ofSeconds(5)));
        }
    }

    @Test
    void open_whenThePidBelongsToALaterProcess_refuses() throws Exception {
        ProcessId self = ProcessId.of(OWN_PID);
        ErrnoException refusal =
                assertThrows(ErrnoException.class, () -> Pidfd.open(new ProcessId(self.pid(), self.startTicks() - 1)));
        assertEquals(Errno.ESRCH, refusal.errno());
        assertThrows(ErrnoException.class, () -> Pidfd.open(1 << 22));
    }

    @Test
    @NeedsHost(value = HostFeature.ROOT, programs = "unshare")
    void translate_whenAProcessHasAnotherPidInside_findsIt() throws Exception {
        List<String> command =
                List.of("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", "sleep 1000 & sleep 1001 & wait");
        try (SpawnedProcess unshare = Spawn.of(command).start()) {
            List<Integer> inside = awaitInside(unshare.pid(), 3);
            int init = ProcessTable.translate(inside.get(0), 1, inside).orElseThrow();
            for (int inner = 1; inner <= 3; inner++) {
                int pid = ProcessTable.translate(init, inner, inside).orElseThrow();
                assertArrayEquals(new int[] {pid, inner}, ProcessTable.namespacePids(pid));
            }
            assertTrue(ProcessTable.translate(init, 99, inside).isEmpty());
        }
    }

    @Test
    void translate_whenACandidateHasEnded_passesItOver() throws Exception {
        assertEquals(
                OptionalInt.of(OWN_PID), ProcessTable.translate(OWN_PID, OWN_PID, List.of((1 << 22) + 1, OWN_PID)));
    }

    @Test
    void bootId_whenReadTwice_isTheSame() throws Exception {
        assertEquals(36, ProcessTable.bootId().length());
        assertEquals(ProcessTable.bootId(), ProcessTable.bootId());
    }

    @Test
    void own_whenTheLimitIsLowered_showsIt() throws Exception {
        ResourceLimit before = ResourceLimit.own(Resource.NOFILE);
        try (SpawnedProcess process = Spawn.of(List.of("sleep", "1000")).start()) {
            assertEquals(before, ResourceLimit.of(process.pid(), Resource.NOFILE));
            ResourceLimit lower = new ResourceLimit(10, 20);
            lower.apply(process.pid(), Resource.NOFILE);
            assertEquals(lower, ResourceLimit.of(process.pid(), Resource.NOFILE));
        }
        assertEquals(before, ResourceLimit.own(Resource.NOFILE));
    }

    @Test
    void cappedAt_whenUnlimitedIsAsked_givesTheCeiling() {
        ResourceLimit ceiling = new ResourceLimit(100, 1000);
        ResourceLimit unlimited = new ResourceLimit(ResourceLimit.UNLIMITED, ResourceLimit.UNLIMITED);
        assertEquals(new ResourceLimit(1000, 1000), unlimited.cappedAt(ceiling));
        assertEquals(new ResourceLimit(5, 7), new ResourceLimit(5, 7).cappedAt(unlimited));
    }

    private static List<Integer> awaitInside(int unshare, int count) throws Exception {
        long deadline = System.nanoTime() + 5_000_000_000L;
        List<Integer> inside = new ArrayList<>();
        while (inside.size() < count && System.nanoTime() < deadline) {
            Thread.sleep(10);
            inside.clear();
            for (int pid : ProcessTable.all()) {
                if (descends(pid, unshare)) {
                    inside.add(pid);
                }
            }
        }
        return inside;
    }

    private static boolean descends(int pid, int ancestor) {
        try {
            for (int at = ProcessStat.read(pid).parent();
                    at > 1;
                    at = ProcessStat.read(at).parent()) {
                if (at == ancestor) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // ended while we looked
        }
    }
}
