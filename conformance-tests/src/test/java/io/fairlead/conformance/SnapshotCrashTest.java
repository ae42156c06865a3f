package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The daemon is killed at any moment while snapshots of a running container are taken, reverted to and deleted. The
 * container counts on two volumes at once, so that a mixture shows: the root is one step ahead of the other at most.
 */
@OnFairlead
@SuppressWarnings("try") // a pool is had, not used
class SnapshotCrashTest {
    private static final int KILLS = 10;
    private static final Duration SOON = Duration.ofSeconds(20);
    /** The files in a pool without volumes. */
    private static final Set<String> EMPTY_POOL =
            Set.of(".fairlead", ".fairlead/snapshots", ".fairlead/layers", ".fairlead/trees");
    /** /dev is new with each start: files in it come from this one. */
    private static final String COUNTING =
            """
            n=$(cat /n || echo 0)
            echo "$n $(cat /data/n || echo 0)" > /dev/found.part
            mv /dev/found.part /dev/found
            while :; do
              n=$((n+1))
              echo $n > /n.part; mv /n.part /n
              echo $n > /data/n.part; mv /data/n.part /data/n
              sleep 0.01
            done
            """;

    private FairleadServer server;

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "BTRFS"})
    void daemon_whenKilledUnderSnapshots_neverMixesVolumesNorLosesASnapshot(TestPool.Kind kind) throws Exception {
        server = FairleadServer.start();
        Leftovers leftovers = Leftovers.before(server.directory());
        try (FairleadServer closing = server) {
            try (TestPool pool = TestPool.start(server, kind, "p")) {
                VolumeCases.makeRoot(server, "root");
                VolumeCases.makeFileSystem(server, "data");
                new DomainXml("d", "", VolumeCases.ON_ROOT, "<console type='pty'/>", "", "", "")
                        .shell(COUNTING)
                        .device(
                                "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>")
                        .start(server);
                Set<String> kept = killUnderLoad();
                everyOneCanBeRevertedTo(kept);
                nothingIsLeftOver();
            }
        }
        assertEquals(List.of(), leftovers.find());
    }

    /** Returns the snapshots there are at the end. */
    private Set<String> killUnderLoad() throws InterruptedException {
        Random random = new Random(11);
        Set<String> kept = Set.of();
        for (int round = 0; round < KILLS; round++) {
            SnapshotLoad load = new SnapshotLoad(server.virsh(), "r" + round, kept, new Random(round));
            Thread runs = new Thread(load);
            runs.start();
            Eventually.sleep(Duration.ofMillis(100 + random.nextInt(900)));
            load.over();
            server.kill();
            runs.join();
            server.startAgain();
            countsOn();
            kept = listed();
            load.check(kept);
        }
        return kept;
    }

    /** The container is not left frozen, and its volumes belong to the same snapshot. */
    private void countsOn() {
        // A container that was being killed for a revert may still show as running.
        Eventually.until("it runs", SOON, () -> {
            if (server.virsh().ok("domstate", "d").equals("shut off")) {
                server.virsh().ok("start", "d");
            }
            return server.virsh()
                    .run("lxc-enter-namespace", "d", "--noseclabel", "/bin/sh", "-c", "cat /dev/found")
                    .out()
                    .matches("\\d+ \\d+\\s*");
        });
        found();
        VolumeCases.awaitCount(server, "d", VolumeCases.count(server, "d") + 2);
    }

    /** The content at the container's start, on both volumes. */
    private int found() {
        Eventually.until(
                "the container has looked", SOON, () -> VolumeCases.inside(server, "d", "ls /dev/found || true")
                        .contains("/dev/found"));
        int[] both = steps("cat /dev/found");
        assertTrue(both[0] - both[1] == 0 || both[0] - both[1] == 1, "root " + both[0] + ", data " + both[1]);
        return both[0];
    }

    private int[] steps(String script) {
        return Stream.of(VolumeCases.inside(server, "d", script).strip().split("\\s+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private Set<String> listed() {
        return server.virsh()
                .ok("snapshot-list", "d", "--name")
                .lines()
                .filter(name -> !name.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void everyOneCanBeRevertedTo(Set<String> kept) {
        Virsh virsh = server.virsh();
        for (String name : kept) {
            virsh.ok("snapshot-revert", "d", name);
            int first = found();
            virsh.ok("snapshot-revert", "d", name);
            assertEquals(first, found(), name);
        }
    }

    private void nothingIsLeftOver() throws IOException {
        Virsh virsh = server.virsh();
        listed().forEach(name -> virsh.ok("snapshot-delete", "d", name));
        virsh.ok("destroy", "d");
        virsh.ok("undefine", "d");
        virsh.ok("vol-delete", "root", "p");
        virsh.ok("vol-delete", "data", "p");
        // Waits for removals in the background.
        virsh.ok("pool-destroy", "p");
        virsh.ok("pool-start", "p");
        // The pool may be mounted where only the daemon sees it.
        Path folder = Path.of("/proc/" + server.pid() + "/root" + server.directory() + "/pool-p");
        try (Stream<Path> all = Files.walk(folder)) {
            List<String> left = all.map(path -> folder.relativize(path).toString())
                    .filter(name -> !name.isEmpty() && !EMPTY_POOL.contains(name))
                    .toList();
            assertEquals(List.of(), left);
        }
        try (Stream<Path> records = Files.list(server.directory().resolve("state/snapshots"))) {
            assertEquals(List.of(), records.toList());
        }
    }
}
