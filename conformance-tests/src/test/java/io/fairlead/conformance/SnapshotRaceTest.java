package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Two clients at once: whichever of them succeeds, volumes and snapshots agree afterwards and nothing hangs or stays
 * behind.
 */
@SuppressWarnings("try") // a pool is had, not used
class SnapshotRaceTest {
    private static final int TIMES = 6;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DATA =
            "<filesystem type='volume'><source pool='p' volume='data'/><target dir='/data'/></filesystem>";

    private final Random random = new Random(3);

    private CompletableFuture<Outcome> later(Virsh virsh, String... words) {
        int millis = random.nextInt(150);
        return CompletableFuture.supplyAsync(() -> {
            Eventually.sleep(Duration.ofMillis(millis));
            return virsh.run(words);
        });
    }

    private static void allowed(Outcome outcome, String refusals) {
        assertTrue(outcome.exit() == 0 || outcome.err().matches("(?s).*(" + refusals + ").*"), outcome.toString());
    }

    private static DomainXml counting() {
        return VolumeCases.counting("d").device(DATA);
    }

    /** A loop device whose file system stayed frozen would keep the file in use for ever. */
    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void create_whileTheContainerIsDestroyed_isAllOrNothing(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.makeFileSystem(server, "data");
            counting().define(server);
            for (int i = 0; i < TIMES; i++) {
                virsh.ok("start", "d");
                VolumeCases.awaitCount(server, "d", 2);
                VolumeCases.inside(server, "d", "dd if=/dev/urandom of=/data/big bs=1M count=20 2>/dev/null");
                CompletableFuture<Outcome> destroyed = later(virsh, "destroy", "d");
                Outcome taken = virsh.run("snapshot-create-as", "d", "s");
                assertEquals(0, destroyed.join().exit(), destroyed.join()::toString);
                allowed(taken, "not running|has ended|did not stay frozen|already exists");
                Eventually.see("off", SOON, () -> virsh.ok("domstate", "d"), "shut off"::equals);
                if (taken.exit() == 0) {
                    virsh.ok("snapshot-revert", "d", "s");
                    virsh.ok("snapshot-delete", "d", "s");
                    virsh.run("destroy", "d");
                }
                assertEquals("", virsh.ok("snapshot-list", "d", "--name"));
            }
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("vol-delete", "data", "p");
        }
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void revert_whileAnotherStartsAndDestroys_endsOnOneContent(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.makeFileSystem(server, "data");
            counting().define(server);
            virsh.ok("snapshot-create-as", "d", "s");
            for (int i = 0; i < TIMES; i++) {
                CompletableFuture<Outcome> started = later(virsh, "start", "d");
                CompletableFuture<Outcome> destroyed = later(virsh, "destroy", "d");
                Outcome reverted = virsh.run("snapshot-revert", "d", "s", i % 2 == 0 ? "--running" : "--force");
                allowed(started.join(), "already running|already active|cancel|destroyed");
                allowed(destroyed.join(), "not running");
                allowed(reverted, "not running|cancel|destroyed|has ended");
            }
            virsh.run("destroy", "d");
            virsh.ok("snapshot-revert", "d", "s", "--running");
            VolumeCases.awaitCount(server, "d", 2);
            virsh.ok("snapshot-delete", "d", "s");
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("vol-delete", "data", "p");
        }
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void clone_whileItsOriginIsDeleted_isWholeOrNotThere(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "base");
            for (int i = 0; i < TIMES; i++) {
                virsh.ok("vol-clone", "base", "origin", "--pool", "p");
                CompletableFuture<Outcome> deleted = later(virsh, "vol-delete", "origin", "p");
                Outcome cloned = virsh.run("vol-clone", "origin", "copy", "--pool", "p");
                assertEquals(0, deleted.join().exit(), deleted.join()::toString);
                allowed(cloned, "no storage vol with matching name 'origin'|failed to get vol 'origin'");
                if (cloned.exit() == 0) {
                    assertTrue(VolumeCases.read(server, "copy", "etc/passwd").contains("root:x:0:0"));
                    virsh.ok("vol-delete", "copy", "p");
                }
                assertEquals(List.of("base"), volumes(virsh));
            }
            virsh.ok("vol-delete", "base", "p");
        }
    }

    private static List<String> volumes(Virsh virsh) {
        return virsh.ok("vol-list", "p")
                .lines()
                .map(line -> line.strip().split(" ")[0])
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void create_whileThePoolIsStopped_isAllOrNothing(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            VolumeCases.makeRoot(server, "root");
            VolumeCases.makeFileSystem(server, "data");
            counting().define(server);
            for (int i = 0; i < TIMES; i++) {
                CompletableFuture<Outcome> stopped = later(virsh, "pool-destroy", "p");
                Outcome taken = virsh.run("snapshot-create-as", "d", "s");
                assertEquals(0, stopped.join().exit(), stopped.join()::toString);
                allowed(taken, "storage pool 'p' is not active");
                virsh.ok("pool-start", "p");
                if (taken.exit() == 0) {
                    virsh.ok("snapshot-revert", "d", "s");
                    virsh.ok("snapshot-delete", "d", "s");
                }
                assertEquals("", virsh.ok("snapshot-list", "d", "--name"));
                // The remains of a failed snapshot go with the next one.
                virsh.ok("snapshot-create-as", "d", "next");
                virsh.ok("snapshot-delete", "d", "next");
            }
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            virsh.ok("vol-delete", "data", "p");
        }
    }
}
