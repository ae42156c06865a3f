package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The read-only socket answers questions and refuses every change. */
class ReadOnlyTest {

    @Case
    void questions_whenReadOnly_areAnswered(Server server) {
        DomainXml.sleeping(server, "c1").start(server);
        Virsh reader = new Virsh(server.readOnlyUri(), true);

        assertEquals("c1", reader.ok("list", "--name"));
        assertEquals("running", reader.ok("domstate", "c1"));
        assertTrue(reader.ok("dumpxml", "c1").contains("<name>c1</name>"));
        assertTrue(reader.ok("dominfo", "c1").contains("OS Type:        exe"));
    }

    @Case
    void changes_whenReadOnly_areRefused(Server server) {
        String file = DomainXml.sleeping(server, "c1").start(server).file(server.directory());
        Virsh reader = new Virsh(server.readOnlyUri(), true);

        for (List<String> change : List.of(
                List.of("define", file),
                List.of("create", file),
                List.of("undefine", "c1"),
                List.of("destroy", "c1"),
                List.of("suspend", "c1"),
                List.of("shutdown", "c1"),
                List.of("reboot", "c1"),
                List.of("autostart", "c1"),
                List.of("desc", "c1", "text"),
                List.of("send-process-signal", "c1", "1", "9"),
                List.of("reset", "c1"))) {
            String refusal = reader.refused(change.toArray(String[]::new));
            assertTrue(refusal.contains("read only access"), change + ": " + refusal);
        }
        assertTrue(reader.refused("dumpxml", "--security-info", "c1").contains("operation forbidden"));
        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    @Case
    void changes_whenTheClientDoesNotRefuseThemItself_areRefusedByTheSocket(Server server) throws IOException {
        DomainXml.sleeping(server, "c1").start(server);

        // Opened without the read-only flag, the library lets every call through to the socket.
        Command client = Scripts.command("/usr/bin/python3", server.readOnlyUri(), server.directory(), "writes.py");

        List<String> answers = client.run().orFail().lines().toList();
        assertTrue(answers.size() > 20, answers.toString());
        for (String answer : answers) {
            // Answer 3: the procedure is served to no client.
            assertTrue(answer.matches("\\w+: code (29|3)( .*)?"), answer);
        }
        assertEquals("running", server.virsh().ok("domstate", "c1"));
        assertEquals(
                "rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(server.readOnlySocket())));
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    @SuppressWarnings("try") // a pool is had, not used
    void snapshots_whenReadOnly_canBeLookedAtAndNothingElse(Server server) {
        Virsh virsh = server.virsh();
        try (TestPool pool = TestPool.start(server, TestPool.Kind.FOLDER, "p")) {
            virsh.ok("vol-create-as", "p", "root", "0", "--format", "dir");
            DomainXml.sleeping(server, "c1").onRoot(VolumeCases.ON_ROOT).define(server);
            virsh.ok("snapshot-create-as", "c1", "s1");
            String before = virsh.ok("snapshot-dumpxml", "c1", "s1");
            Virsh reader = new Virsh(server.readOnlyUri(), true);

            assertEquals("s1", reader.ok("snapshot-list", "c1", "--name"));
            assertEquals(before, reader.ok("snapshot-dumpxml", "c1", "s1"));
            assertEquals("s1", reader.ok("snapshot-current", "c1", "--name"));
            for (List<String> change : List.of(
                    List.of("snapshot-create", "c1"),
                    List.of("snapshot-create-as", "c1", "s2"),
                    List.of("snapshot-revert", "c1", "s1"),
                    List.of("snapshot-delete", "c1", "s1"),
                    List.of("snapshot-delete", "c1", "s1", "--metadata"),
                    List.of("undefine", "c1", "--snapshots-metadata"),
                    List.of("vol-delete", "root", "p", "--delete-snapshots"))) {
                String refusal = reader.refused(change.toArray(String[]::new));
                assertTrue(refusal.contains("read only access"), change + ": " + refusal);
            }
            // Opened without the read-only flag, the library lets every call through to the socket.
            List<String> answers = Scripts.command(
                            "/usr/bin/python3", server.readOnlyUri(), server.directory(), "writes.py", "s1")
                    .run()
                    .orFail()
                    .lines()
                    .filter(line -> line.matches("(?i).*snapshot.*"))
                    .toList();
            assertEquals(6, answers.size(), answers.toString());
            for (String answer : answers) {
                assertTrue(answer.matches("\\w+: code 29 .*"), answer);
            }
            assertEquals(before, virsh.ok("snapshot-dumpxml", "c1", "s1"));
            virsh.ok("undefine", "c1", "--snapshots-metadata");
        }
    }
}
