package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.NfsExport;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Pools of type netfs, on an export of the same kernel: run where the kernel serves NFS, see {@link CasesForUml}. */
@SuppressWarnings("try") // an export is had, not used
class NetworkPoolCases {
    private static final String ONLY_THERE = "libvirt's own daemon is not run on that kernel";

    private static NfsExport export(Server server) {
        return NfsExport.of(server.directory().resolve("export"));
    }

    private static Path target(Server server) {
        return server.directory().resolve("mounted");
    }

    private static void start(Server server, NfsExport export) {
        define(server, export.path());
        server.virsh().ok("pool-start", "p");
    }

    /** Container "d", whose root is the pool's tree "root". */
    private static void startContainer(Server server, NfsExport export) {
        start(server, export);
        VolumeCases.makeRoot(server, "root");
        VolumeCases.sleeping("d").start(server);
    }

    private static void define(Server server, String path) {
        server.virsh()
                .ok(
                        "pool-define-as",
                        "p",
                        "netfs",
                        "--source-host",
                        "127.0.0.1",
                        "--source-path",
                        path,
                        "--source-format",
                        "nfs",
                        "--target",
                        target(server).toString());
        server.virsh().ok("pool-build", "p");
    }

    private static void stop(Server server) {
        server.virsh().ok("pool-destroy", "p");
        server.virsh().ok("pool-delete", "p");
        server.virsh().ok("pool-undefine", "p");
    }

    /** Type and options of the pool's mount in the daemon's namespace; empty if there is none. */
    private static String mount(Server server) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + server.pid() + "/mountinfo")).stream()
                .filter(line -> line.contains(" " + target(server) + " "))
                .map(line -> line.substring(line.indexOf(" - ")))
                .findFirst()
                .orElse("");
    }

    @Case(notTheOracle = ONLY_THERE)
    void pool_onAnExport_livesItsLife(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            start(server, export);
            assertTrue(mount(server).startsWith(" - nfs4 127.0.0.1:/ "), mount(server));
            byte[] content = new byte[3_000_000];
            new Random(1).nextBytes(content);
            Path file = Files.write(server.directory().resolve("content"), content);
            virsh.ok("vol-create-as", "p", "v1", Integer.toString(content.length));
            virsh.ok("vol-upload", "v1", file.toString(), "--pool", "p");
            assertArrayEquals(content, Files.readAllBytes(export.folder().resolve("v1")));
            virsh.ok("vol-clone", "v1", "v2", "--pool", "p");
            virsh.ok("vol-resize", "v2", "4M", "--pool", "p");
            assertEquals(4 << 20, Files.size(export.folder().resolve("v2")));

            Files.write(export.folder().resolve("of-another-host"), content);
            virsh.ok("pool-refresh", "p");
            assertTrue(virsh.ok("vol-list", "p").contains("of-another-host"));

            virsh.ok("pool-destroy", "p");
            assertEquals("", mount(server));
            virsh.ok("pool-start", "p");
            Path read = server.directory().resolve("read");
            virsh.ok("vol-download", "of-another-host", read.toString(), "--pool", "p");
            assertArrayEquals(content, Files.readAllBytes(read));
            for (String volume : new String[] {"v1", "v2", "of-another-host"}) {
                virsh.ok("vol-delete", volume, "p");
            }
            assertFalse(Files.exists(export.folder().resolve("v1")));
            stop(server);
        }
    }

    @Case(notTheOracle = ONLY_THERE)
    void sources_ofAHost_areWhatItExports(Server server) {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            String refusal = virsh.refused("find-storage-pool-sources-as", "netfs", "127.0.0.1");
            assertTrue(refusal.contains("cannot list the exports of host '127.0.0.1'"), refusal);
            export.announce();
            assertEquals(
                    """
                    <sources>
                      <source>
                        <host name='127.0.0.1'/>
                        <dir path='%s'/>
                        <format type='nfs'/>
                      </source>
                    </sources>"""
                            .formatted(export.folder()),
                    virsh.ok("find-storage-pool-sources-as", "netfs", "127.0.0.1")
                            .strip());
        }
    }

    @Case(notTheOracle = ONLY_THERE)
    void container_onATreeOfAnExport_runsAndItsTreeIsNotCloned(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            startContainer(server, export);
            VolumeCases.inside(server, "d", "echo kept > /file");
            assertEquals("kept\n", Files.readString(export.folder().resolve("root/file")));
            String snapshot = virsh.refused("snapshot-create-as", "d", "s1");
            assertEquals("kept", VolumeCases.inside(server, "d", "cat /file").strip());
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
            String clone = virsh.refused("vol-clone", "root", "copy", "--pool", "p");
            assertTrue(clone.contains("can neither copy trees nor keep snapshots"), clone);
            assertTrue(snapshot.contains("can neither copy trees nor keep snapshots"), snapshot);
            virsh.ok("vol-delete", "root", "p");
            stop(server);
        }
    }

    @Case(notTheOracle = ONLY_THERE)
    void mount_takesTheProtocolsVersionAndTheOptionsOfTheDefinition(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            Path xml = server.directory().resolve("pool.xml");
            Files.writeString(
                    xml,
                    """
                    <pool type='netfs' xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'>
                      <name>p</name>
                      <source><host name='127.0.0.1'/><dir path='%s'/><format type='nfs'/><protocol ver='4.1'/></source>
                      <target><path>%s</path></target>
                      <fs:mount_opts><fs:option name='ro'/><fs:option name='noatime'/></fs:mount_opts>
                    </pool>
                    """
                            .formatted(export.path(), target(server)));
            virsh.ok("pool-define", xml.toString());
            virsh.ok("pool-build", "p");
            virsh.ok("pool-start", "p");
            assertTrue(mount(server).matches(".* ro,.*vers=4\\.1,.*"), mount(server));
            String refusal = virsh.refused("vol-create-as", "p", "v1", "1M");
            assertTrue(refusal.contains("Read-only file system"), refusal);
            stop(server);
        }
    }

    @Case(notTheOracle = ONLY_THERE)
    void start_whenNothingIsExported_saysSoAtOnce(Server server) throws IOException {
        Virsh virsh = server.virsh();
        define(server, "/");
        String refusal = virsh.refused("pool-start", "p");
        assertTrue(refusal.contains("Connection refused"), refusal);
        assertEquals("", mount(server));
        try (NfsExport export = export(server)) {
            virsh.ok("pool-start", "p");
            assertTrue(mount(server).startsWith(" - nfs4 "), mount(server));
            virsh.ok("pool-destroy", "p");
        }
        virsh.ok("pool-undefine", "p");
    }

    @Case(notTheOracle = ONLY_THERE)
    void container_whosePoolIsNotThereWhenTheDaemonStarts_keepsItsVolume(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            startContainer(server, export);
            ((FairleadServer) server).kill();
            export.fallSilent();
            ((FairleadServer) server).startAgain();
            assertTrue(virsh.ok("pool-info", "p").contains("inactive"));
            assertTrue(virsh.ok("domstate", "d").contains("running"));

            export.answer(); // it comes up by itself, or was refused at once and has to be started
            Eventually.until(
                    "the pool is up",
                    Duration.ofSeconds(90),
                    () -> virsh.run("pool-start", "p").exit() == 0
                            || virsh.ok("pool-list").contains(" active"));
            String deletion = virsh.refused("vol-delete", "root", "p");
            assertTrue(deletion.contains("in use"), deletion);
            assertTrue(virsh.refused("pool-destroy", "p").contains("in use"));
            VolumeCases.inside(server, "d", "echo kept > /file");
            assertEquals("kept\n", Files.readString(export.folder().resolve("root/file")));
            virsh.ok("destroy", "d");
            virsh.ok("undefine", "d");
            virsh.ok("vol-delete", "root", "p");
            stop(server);
        }
    }

    @Case(notTheOracle = ONLY_THERE)
    void pool_whoseHostFallsSilent_isRefusedWhatNeedsItAndHoldsNobodyUp(Server server) throws IOException {
        Virsh virsh = server.virsh();
        try (NfsExport export = export(server)) {
            start(server, export);
            virsh.ok("vol-create-as", "p", "v1", "1M");
            export.fallSilent();

            assertTrue(virsh.ok("pool-list").contains("active"));
            assertTrue(virsh.ok("pool-info", "p", "--bytes").matches("(?s).*Capacity: +[1-9].*"));
            assertTrue(virsh.ok("pool-dumpxml", "p").contains("<capacity unit='bytes'>"));
            for (int i = 0; i < 40; i++) { // more than there are threads
                String refusal = virsh.refused("vol-create-as", "p", "v2", "1M");
                assertTrue(refusal.contains("the host of storage pool 'p' does not answer"), refusal);
            }
            virsh.ok("list", "--all");

            export.answer();
            Eventually.until(
                    "the pool is back",
                    Duration.ofSeconds(60),
                    () -> virsh.run("vol-create-as", "p", "v2", "1M").exit() == 0);

            // More than once: either the call or the waiting question ends the mount in the kernel, and that is a race.
            for (int i = 0; i < 2; i++) {
                export.fallSilent();
                virsh.ok("pool-destroy", "p");
                assertEquals("", mount(server));
                export.answer();
                virsh.ok("pool-start", "p");
                assertTrue(virsh.ok("vol-list", "p").contains("v2"));
            }
            virsh.ok("vol-delete", "v1", "p");
            virsh.ok("vol-delete", "v2", "p");
            stop(server);
        }
    }
}
