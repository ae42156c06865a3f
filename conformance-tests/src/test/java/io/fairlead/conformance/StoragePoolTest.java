package io.fairlead.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Pty;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Directory pools, from definition to deletion, as virsh drives them. */
class StoragePoolTest {
    private static Path folder(Server server) {
        return server.directory().resolve("pool-" + UUID.randomUUID());
    }

    private static Path defined(Server server, String name) {
        Path folder = folder(server);
        server.virsh().ok("pool-define-as", name, "dir", "--target", folder.toString());
        return folder;
    }

    static Path started(Server server, String name) {
        Path folder = defined(server, name);
        server.virsh().ok("pool-build", name);
        server.virsh().ok("pool-start", name);
        return folder;
    }

    @Case
    void pool_throughItsLife_isWhatEachCommandSays(Server server) {
        Virsh virsh = server.virsh();
        Path folder = defined(server, "p1");
        assertTrue(virsh.ok("pool-info", "p1").contains("State:          inactive"));
        assertTrue(virsh.refused("pool-start", "p1")
                .contains("cannot open directory '%s': No such file or directory".formatted(folder)));

        virsh.ok("pool-build", "p1");
        assertTrue(Files.isDirectory(folder));
        virsh.ok("pool-start", "p1");
        String info = virsh.ok("pool-info", "p1", "--bytes");
        assertTrue(info.contains("State:          running") && info.contains("Persistent:     yes"), info);
        assertTrue(info.contains("Autostart:      no"), info);
        assertTrue(virsh.refused("pool-start", "p1").contains("storage pool 'p1' is already active"));
        assertTrue(virsh.refused("pool-undefine", "p1").contains("storage pool 'p1' is still active"));
        assertTrue(virsh.refused("pool-delete", "p1").contains("storage pool 'p1' is still active"));

        virsh.ok("pool-destroy", "p1");
        assertTrue(virsh.refused("pool-destroy", "p1").contains("storage pool 'p1' is not active"));
        assertTrue(virsh.refused("pool-refresh", "p1").contains("storage pool 'p1' is not active"));
        virsh.ok("pool-delete", "p1");
        assertFalse(Files.exists(folder));
        virsh.ok("pool-undefine", "p1");
        assertTrue(virsh.refused("pool-info", "p1").contains("no storage pool with matching name 'p1'"));
    }

    @Case
    void pool_whoseFolderIsGone_isStillListedAndShownAndCanBeStopped(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        started(server, "p2");
        Files.delete(folder);

        String list = virsh.ok("pool-list");
        assertTrue(list.contains("p1") && list.contains("p2"), list);
        assertTrue(virsh.ok("pool-info", "p1").contains("State:          running"));
        assertTrue(virsh.ok("pool-dumpxml", "p1").contains("<capacity unit='bytes'>"));
        virsh.refused("vol-create-as", "p1", "v1", "1M");
        virsh.ok("pool-destroy", "p1");
        virsh.ok("pool-undefine", "p1");
    }

    @Case
    void dumpxml_whenActive_hasNumbersAndTheFoldersPermissions(Server server) {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        String uuid = virsh.ok("pool-uuid", "p1");

        assertEquals(
                """
                <pool type='dir'>
                  <name>p1</name>
                  <uuid>%s</uuid>
                  <capacity unit='bytes'>N</capacity>
                  <allocation unit='bytes'>N</allocation>
                  <available unit='bytes'>N</available>
                  <source>
                  </source>
                  <target>
                    <path>%s</path>
                    <permissions>
                      <mode>0711</mode>
                      <owner>0</owner>
                      <group>0</group>
                    </permissions>
                  </target>
                </pool>"""
                        .formatted(uuid, folder),
                virsh.ok("pool-dumpxml", "p1").replaceAll("'bytes'>[1-9][0-9]*<", "'bytes'>N<"));
    }

    @Case
    void lists_whenFiltered_showWhatFits(Server server) {
        Virsh virsh = server.virsh();
        started(server, "p1");
        defined(server, "p2");
        Path passing = folder(server);
        virsh.ok("pool-create-as", "p3", "dir", "--target", passing.toString(), "--build");
        virsh.ok("pool-autostart", "p2");

        assertEquals("p1 p3", names(virsh));
        assertEquals("p1 p2 p3", names(virsh, "--all"));
        assertEquals("p2", names(virsh, "--inactive"));
        assertEquals("p3", names(virsh, "--transient"));
        assertEquals("p1 p2", names(virsh, "--all", "--persistent"));
        assertEquals("p2", names(virsh, "--all", "--autostart"));
        assertEquals("p1 p3", names(virsh, "--all", "--no-autostart"));
        assertEquals("p1 p2 p3", names(virsh, "--all", "--type", "dir,fs"));
        assertEquals("", names(virsh, "--all", "--type", "logical"));
        assertTrue(virsh.ok("pool-list", "--all", "--details").contains("inactive   yes         yes          -")
                || virsh.ok("pool-list", "--all", "--details").matches("(?s).*p2 +inactive +yes +yes +- +- +-.*"));
        virsh.ok("pool-autostart", "p2", "--disable");
        assertEquals("", names(virsh, "--all", "--autostart"));
    }

    private static String names(Virsh virsh, String... filter) {
        String[] words = new String[filter.length + 2];
        words[0] = "pool-list";
        words[1] = "--name";
        System.arraycopy(filter, 0, words, 2, filter.length);
        return String.join(
                " ",
                virsh.ok(words)
                        .lines()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Case
    void create_whenStopped_isForgotten(Server server) {
        Virsh virsh = server.virsh();
        Path folder = folder(server);
        assertTrue(virsh.refused("pool-create-as", "p1", "dir", "--target", folder.toString())
                .contains("cannot open directory"));
        virsh.ok("pool-create-as", "p1", "dir", "--target", folder.toString(), "--build");
        assertTrue(virsh.refused("pool-create-as", "p1", "dir", "--target", folder + "2", "--build")
                .contains("pool 'p1' already exists with uuid"));
        assertTrue(virsh.refused("pool-autostart", "p1").contains("pool has no config file"));

        virsh.ok("pool-destroy", "p1");

        assertEquals("", names(virsh, "--all"));
    }

    @Case
    void define_whenItMakesNoSense_isRefusedInLibvirtsWords(Server server) {
        Virsh virsh = server.virsh();
        Path folder = defined(server, "p1");
        assertTrue(virsh.refused("pool-define-as", "a/b", "dir", "--target", "/tmp/x")
                .contains("XML error: name a/b cannot contain '/'"));
        assertTrue(virsh.refused("pool-define-as", "a\nb", "dir", "--target", "/tmp/x")
                .contains("invalid char in name"));
        assertTrue(virsh.refused("pool-define-as", "p2", "dir").contains("missing storage pool target path"));
        assertTrue(virsh.refused("pool-define-as", "p2", "foo", "--target", "/tmp/x")
                .contains("Invalid value for attribute 'type' in element 'pool': 'foo'."));
        assertTrue(virsh.refused("pool-define-as", "p2", "dir", "--target", folder.toString())
                .contains("Storage source conflict with pool: 'p1'"));
        assertTrue(virsh.refused("pool-define-as", "p2", "rbd", "--source-host", "h", "--source-name", "n")
                .contains("missing backend for pool type 9 (rbd)"));
        assertTrue(virsh.refused("find-storage-pool-sources", "dir")
                .contains("pool type 'dir' does not support source discovery"));
        assertTrue(virsh.refused("find-storage-pool-sources", "foo").contains("unknown storage pool type foo"));
        assertEquals("p1", names(virsh, "--all"));
    }

    @Case
    void sources_ofANetworkFileSystem_wantAHost(Server server) throws IOException {
        Virsh virsh = server.virsh();
        String noHost = virsh.refused("find-storage-pool-sources", "netfs");
        assertTrue(noHost.contains("hostname must be specified for netfs sources"), noHost);
        Path file = server.directory().resolve("source.xml");
        Files.writeString(file, "<pool/>");
        String other = virsh.refused("find-storage-pool-sources", "netfs", file.toString());
        assertTrue(other.contains("expecting root element of 'source', not 'pool'"), other);
        Files.writeString(file, "<source><host name='127.0.0.1'/><host name='127.0.0.2'/></source>");
        String two = virsh.refused("find-storage-pool-sources", "netfs", file.toString());
        assertTrue(two.contains("Expected exactly 1 host for the storage pool"), two);
    }

    @Case
    void refresh_whenFilesCameAndWent_showsThem(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        Files.write(folder.resolve("came"), new byte[1000]);
        Files.createDirectory(folder.resolve("folder"));
        assertEquals("", virsh.ok("vol-list", "p1"));

        virsh.ok("pool-refresh", "p1");

        String list = virsh.ok("vol-list", "p1", "--details");
        assertTrue(list.matches("(?s).*came +\\S+/came +file +1000.00 B .*"), list);
        assertTrue(list.matches("(?s).*folder +\\S+/folder +dir .*"), list);
        Files.delete(folder.resolve("came"));
        virsh.ok("pool-refresh", "p1");
        assertFalse(virsh.ok("vol-list", "p1").contains("came"));
    }

    @Case
    void refresh_whenTheFolderIsGone_leavesThePoolInactive(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        Files.delete(folder);

        String refusal = virsh.refused("pool-refresh", "p1");

        assertTrue(
                refusal.contains("cannot open directory '%s': No such file or directory".formatted(folder)), refusal);
        assertTrue(virsh.ok("pool-info", "p1").contains("State:          inactive"));
        assertTrue(virsh.refused("pool-delete", "p1")
                .contains("failed to remove pool '%s': No such file or directory".formatted(folder)));
        virsh.ok("pool-undefine", "p1");
    }

    @Case
    void refreshAndDestroy_whileAnUploadRuns_succeed(Server server) throws Exception {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        Path fifo = server.directory().resolve("fifo-" + UUID.randomUUID());
        Command.of("mkfifo", fifo.toString()).run().orFail();
        try (Pty upload = Pty.run("virsh -c '%s' vol-upload v1 %s p1".formatted(server.uri(), fifo));
                OutputStream bytes = Files.newOutputStream(fifo)) {
            bytes.write(new String(new char[300 << 10])
                    .replace((char) 0, (char) 7)
                    .getBytes(UTF_8)); // virsh sends pieces of 256 KiB
            bytes.flush();
            Eventually.until("the upload runs", Duration.ofSeconds(20), () -> firstByte(folder.resolve("v1")) == 7);

            virsh.ok("pool-refresh", "p1");
            virsh.ok("vol-create-as", "p1", "v2", "1M");
            assertTrue(virsh.ok("vol-list", "p1").contains("v2"));
            assertTrue(virsh.ok("vol-info", "v1", "p1").contains("file"));
            virsh.ok("pool-destroy", "p1");
            assertFalse(upload.text().contains("error"), upload.text());
        } finally {
            Files.delete(fifo);
        }
        virsh.ok("pool-start", "p1");
    }

    private static int firstByte(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return content.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Case
    void delete_whenSomethingLiesInThePool_isRefused(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = started(server, "p1");
        Files.writeString(folder.resolve("file"), "x");
        virsh.ok("pool-destroy", "p1");

        assertTrue(virsh.refused("pool-delete", "p1")
                .contains("failed to remove pool '%s': Directory not empty".formatted(folder)));
        assertTrue(Files.exists(folder.resolve("file")));
    }

    @Case
    void events_whenAPoolIsRefreshed_areHeard(Server server) {
        Virsh virsh = server.virsh();
        started(server, "p1");
        try (Pty events = Pty.run("virsh -c '%s' pool-event --loop --event refresh".formatted(server.uri()))) {
            for (int i = 0; i < 50 && !events.text().contains("'refresh' for storage pool p1"); i++) {
                virsh.ok("pool-refresh", "p1");
            }
            events.await("event 'refresh' for storage pool p1");
        }
    }

    @Case
    void events_whenAPoolLives_comeInOrder(Server server) {
        Virsh virsh = server.virsh();
        try (Pty events = Pty.run("virsh -c '%s' pool-event --loop --event lifecycle".formatted(server.uri()))) {
            Path heard = folder(server);
            for (int i = 0; i < 50 && !events.text().contains("for storage pool p0"); i++) {
                virsh.ok("pool-define-as", "p0", "dir", "--target", heard.toString());
                virsh.ok("pool-undefine", "p0");
            }
            started(server, "p1");
            virsh.ok("pool-destroy", "p1");
            virsh.ok("pool-delete", "p1");
            virsh.ok("pool-undefine", "p1");

            String told = events.await("'lifecycle' for storage pool p1: Undefined");
            assertTrue(
                    told.replaceAll("[\\r\\n]+", " ")
                            .matches(".*p1: Defined.*p1: Created.*p1: Started.*p1: Stopped.*p1: Deleted.*"),
                    told);
        }
    }
}
