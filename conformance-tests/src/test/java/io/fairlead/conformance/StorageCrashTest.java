package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.LoopDisk;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.FairleadServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pools when their daemon is killed. */
@OnFairlead
class StorageCrashTest {
    @Test
    void daemon_whenKilledWhileVolumesAreMade_hasEveryVolumeItReportedAndNoRest() throws Exception {
        try (FairleadServer server = FairleadServer.start()) {
            Virsh virsh = server.virsh();
            Path folder = StoragePoolTest.started(server, "p1");
            virsh.ok("vol-create-as", "p1", "base", "0", "--format", "dir");
            Files.writeString(folder.resolve("base/file"), "x");
            for (int round = 0; round < 3; round++) {
                int number = round;
                List<String> reported = new CopyOnWriteArrayList<>();
                Thread clones = new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        String name = "c%d-%d".formatted(number, i);
                        if (virsh.run("vol-clone", "base", name, "--pool", "p1").exit() != 0) {
                            return;
                        }
                        reported.add(name);
                    }
                });
                clones.start();
                Thread.sleep(150L + 90L * round);
                server.kill();
                clones.join();
                server.startAgain();

                List<String> listed = virsh.ok("vol-list", "p1")
                        .lines()
                        .map(line -> line.strip().split(" ")[0])
                        .toList();
                assertTrue(
                        listed.contains("base") && listed.containsAll(reported), listed + " lacks some of " + reported);
                assertEquals(List.of(), unfinished(folder));
                assertTrue(virsh.ok("pool-info", "p1").contains("State:          running"));
            }
            for (String volume : virsh.ok("vol-list", "p1")
                    .lines()
                    .map(line -> line.strip().split(" ")[0])
                    .toList()) {
                virsh.ok("vol-delete", volume, "p1");
            }
            virsh.ok("pool-destroy", "p1");
            virsh.ok("pool-delete", "p1");
        }
    }

    @Test
    void fileSystemPools_whenTheDaemonIsKilled_areMountedAgainWithTheirVolumes() throws Exception {
        try (FairleadServer server = FairleadServer.start()) {
            Virsh virsh = server.virsh();
            for (String format : List.of("ext4", "xfs", "btrfs")) {
                try (LoopDisk disk = LoopDisk.make(server.directory(), 400L << 20)) {
                    Path folder = server.directory().resolve("pool-" + format);
                    virsh.ok(
                            "pool-define-as",
                            "p1",
                            "fs",
                            "--source-dev",
                            disk.node(),
                            "--source-format",
                            format,
                            "--target",
                            folder.toString());
                    virsh.ok("pool-build", "p1", "--no-overwrite");
                    virsh.ok("pool-start", "p1");
                    virsh.ok("vol-create-as", "p1", "v1", "1M");
                    virsh.ok("vol-create-as", "p1", "tree", "0", "--format", "dir");
                    virsh.ok("vol-clone", "tree", "clone", "--pool", "p1");
                    server.kill();
                    server.startAgain();

                    String mounts = Files.readString(Path.of("/proc/" + server.pid() + "/mountinfo"));
                    assertTrue(mounts.contains(" " + folder + " "), mounts);
                    assertTrue(virsh.ok("pool-info", "p1").contains("State:          running"));
                    assertEquals(
                            List.of("clone", "tree", "v1"),
                            virsh.ok("vol-list", "p1")
                                    .lines()
                                    .map(line -> line.strip().split(" ")[0])
                                    .filter(name -> !name.equals("lost+found"))
                                    .sorted()
                                    .toList());
                    virsh.ok("pool-destroy", "p1");
                    assertFalse(Files.readString(Path.of("/proc/" + server.pid() + "/mountinfo"))
                            .contains(" " + folder + " "));
                    virsh.ok("pool-delete", "p1");
                    virsh.ok("pool-undefine", "p1");
                }
            }
        }
    }

    @Test
    void pool_onAFolderThatAnotherDaemonHas_isRefusedUntilThatDaemonIsGone() throws Exception {
        try (FairleadServer first = FairleadServer.start();
                FairleadServer second = FairleadServer.start()) {
            Path folder = StoragePoolTest.started(first, "p1");
            first.virsh().ok("vol-create-as", "p1", "v1", "1M");
            Path making = Files.writeString(folder.resolve(".fairlead-new-0-1"), "half");
            Path link = Files.createSymbolicLink(second.directory().resolve("link"), folder);
            Virsh virsh = second.virsh();
            for (Path name : List.of(folder, link)) {
                String refusal = virsh.refused("pool-create-as", "p2", "dir", "--target", name.toString());
                assertTrue(refusal.contains("operation failed: Storage source conflict with pool"), refusal);
            }
            assertTrue(Files.exists(making));
            first.kill();

            virsh.ok("pool-create-as", "p2", "dir", "--target", link.toString());

            assertFalse(Files.exists(making));
            assertTrue(virsh.ok("vol-path", "v1", "p2").equals(link + "/v1"));
            virsh.ok("pool-destroy", "p2");
            first.startAgain();
            assertTrue(first.virsh().ok("pool-info", "p1").contains("State:          running"));
        }
    }

    private static List<String> unfinished(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(".fairlead-"))
                    .toList();
        }
    }
}
