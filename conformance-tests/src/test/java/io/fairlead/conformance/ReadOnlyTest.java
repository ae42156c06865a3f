package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.server.Server;
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
            // 3 is what is not served to anybody.
            assertTrue(answer.matches("\\w+: code (29|3)( .*)?"), answer);
        }
        assertEquals("running", server.virsh().ok("domstate", "c1"));
        assertEquals(
                "rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(server.readOnlySocket())));
    }
}
