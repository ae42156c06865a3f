package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Pty;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.Server;
import java.time.Duration;

/** The console: bytes both ways, permission to read it, and the effect of a loud container on others. */
class ConsoleTest {
    private static final String ECHO = "stty -echo; while read line; do echo \"got $line\"; done";

    @Case
    void console_whenTyped_answers(Server server) {
        DomainXml.sleeping(server, "c1").shell(ECHO).create(server);

        try (Pty console = Pty.console(server.uri(), "c1")) {
            console.type("one\r");
            console.await("got one");
            console.type("two\r");
            console.await("got two");
            assertEquals(0, console.leave());
        }
        assertEquals("running", server.virsh().ok("domstate", "c1"));
    }

    @Case
    void console_whenTheContainerEnds_ends(Server server) {
        DomainXml.sleeping(server, "c1").shell("read line; echo bye; read line").create(server);

        try (Pty console = Pty.console(server.uri(), "c1")) {
            console.type("\r");
            console.await("bye");
            console.type("\r");
            assertEquals(0, console.end());
        }
    }

    @Case(notTheOracle = "it may lose what a container writes right before its end")
    void console_whenTheContainerWritesAndEnds_showsThat(Server server) {
        DomainXml.sleeping(server, "c1").shell("read line; echo bye").create(server);

        try (Pty console = Pty.console(server.uri(), "c1")) {
            console.type("\r");
            assertEquals(0, console.end());
            assertTrue(console.text().contains("bye"), console.text());
        }
    }

    @Case
    void console_whenShutOff_isRefused(Server server) {
        DomainXml.sleeping(server, "c1").define(server);

        try (Pty console = Pty.run("virsh -c '%s' console c1".formatted(server.uri()))) {
            assertEquals(1, console.end());
            assertTrue(console.text().contains("The domain is not running"), console.text());
        }
    }

    @Case(notTheOracle = "it has no safe or force flag for consoles")
    void console_whenForcedOrSafe_isOpened(Server server) {
        DomainXml.sleeping(server, "c1").shell(ECHO).create(server);

        try (Pty first = Pty.console(server.uri(), "c1", "--safe")) {
            first.type("one\r");
            first.await("got one");
            try (Pty second = Pty.console(server.uri(), "c1", "--force")) {
                first.end();
                second.type("two\r");
                second.await("got two");
                assertEquals(0, second.leave());
            }
        }
    }

    @Case(notTheOracle = "its readers of one pty take bytes from each other")
    void console_whenSeveralRead_allSeeAll(Server server) {
        DomainXml.sleeping(server, "c1").shell(ECHO).create(server);

        try (Pty first = Pty.console(server.uri(), "c1");
                Pty second = Pty.console(server.uri(), "c1")) {
            first.type("from first\r");
            first.await("got from first");
            second.await("got from first");
            second.type("from second\r");
            first.await("got from second");
            second.await("got from second");
            assertEquals(0, first.leave());
            second.type("alone\r");
            second.await("got alone");
            assertEquals(0, second.leave());
        }
    }

    @Case(notTheOracle = "it keeps nothing for a reader who comes later")
    void console_whenOpenedLate_showsTheLast64KiB(Server server) {
        RootTree root = RootTree.below(server.directory());
        root.script(
                "loud",
                "i=0; while [ $i -lt 3000 ]; do echo \"line $i of the boot messages, padded to forty\"; i=$((i+1)); done\necho written > /written\nexec cat\n");
        DomainXml.sleeping("c1", root).running("/loud").create(server);
        io.fairlead.conformance.client.Eventually.until(
                "all is written", Duration.ofSeconds(20), () -> root.has("written"));

        try (Pty console = Pty.console(server.uri(), "c1")) {
            String text = console.await("line 2999 of");
            assertTrue(text.contains("line 2000 of"), "the end is kept");
            assertFalse(text.contains("line 5 of"), "the beginning is not");
            assertEquals(0, console.leave());
        }
    }

    @Case
    void bytes_whenOfEveryValue_passBothWays(Server server) {
        DomainXml.sleeping(server, "c1")
                .shell("stty raw -echo; echo ready; exec cat")
                .create(server);

        assertEquals(
                "65536 bytes came back as they went",
                Scripts.python(server, "raw_bytes.py").run().orFail());
    }

    @Case
    void flood_whenNobodyReadsFastEnough_harmsNobodyElse(Server server) {
        Virsh virsh = server.virsh();
        DomainXml.sleeping(server, "loud")
                .shell("exec yes 'a very long line that is written without an end'")
                .create(server);
        DomainXml.sleeping(server, "quiet").shell(ECHO).create(server);

        String answer = Scripts.python(server, "flood.py")
                .within(Duration.ofSeconds(60))
                .run()
                .orFail();

        // The script holds a stream to the loud console without reading it, and times calls and another console.
        assertTrue(answer.contains("calls answered"), answer);
        assertTrue(answer.contains("console answered"), answer);
        assertEquals("running", virsh.ok("domstate", "loud"));
    }
}
