package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Eventually;
import io.fairlead.conformance.client.Outcome;
import io.fairlead.conformance.client.Pty;
import io.fairlead.conformance.guest.DomainXml;
import io.fairlead.conformance.guest.RootTree;
import io.fairlead.conformance.server.FairleadServer;
import io.fairlead.conformance.server.Leftovers;
import io.fairlead.conformance.server.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./fairlead exec} and {@code ./fairlead logs}, as a person types them, in containers that virsh started. */
@OnFairlead
class ExecCommandTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final long ROTATION = 8L << 20;

    private Path files;
    private FairleadServer server;
    private Leftovers leftovers;
    private RootTree root;

    @BeforeEach
    void start() throws IOException {
        files = Scratch.newDirectory();
        Path config = Files.writeString(files.resolve("fairlead.conf"), "console_log_bytes = %d\n".formatted(ROTATION));
        server = FairleadServer.start("--config", config.toString());
        leftovers = Leftovers.before(server.directory());
        root = RootTree.below(server.directory());
    }

    @AfterEach
    void stop() {
        server.close();
        Scratch.delete(files);
        assertEquals(List.of(), leftovers.find());
    }

    private void web() {
        DomainXml.sleeping("web", root).start(server);
    }

    private Command fairlead(String... words) {
        List<String> all = new ArrayList<>(List.of(FairleadServer.launcher().toString(), words[0]));
        all.addAll(List.of("--root", server.directory().toString()));
        all.addAll(List.of(words).subList(1, words.length));
        return Command.of(all);
    }

    private Outcome exec(String... words) {
        List<String> all = new ArrayList<>(List.of("exec", "web", "--"));
        all.addAll(List.of(words));
        return fairlead(all.toArray(String[]::new)).run();
    }

    @Test
    void exec_whenTheCommandEnds_endsLikeIt() {
        web();
        Outcome ended = exec("sh", "-c", "echo out; echo err >&2; exit 42");
        assertEquals(42, ended.exit());
        assertEquals("out\n", ended.out());
        assertEquals("err\n", ended.err());
        assertEquals(128 + 9, exec("sh", "-c", "kill -9 $$").exit());
        assertEquals(0, exec("true").exit());
    }

    @Test
    void exec_whenTheCommandCannotRun_saysWhyAndHasAShellsStatus() {
        web();
        Outcome missing = exec("no-such-program");
        assertEquals(127, missing.exit());
        assertTrue(missing.err().contains("no-such-program"), missing::toString);
        assertEquals(126, exec("/etc/passwd").exit());
        assertEquals(
                126,
                fairlead("exec", "web", "-w", "/nowhere", "--", "true").run().exit());
        Outcome stranger =
                fairlead("exec", "web", "-u", "stranger", "--", "true").run();
        assertEquals(126, stranger.exit());
        assertTrue(stranger.err().contains("stranger"), stranger::toString);
    }

    @Test
    void exec_whenThereIsNoContainerToRunIn_isRefused() {
        DomainXml.sleeping("web", root).define(server);
        Outcome off = exec("true");
        assertEquals(125, off.exit());
        assertTrue(off.err().contains("domain is not running"), off::toString);
        server.virsh().ok("start", "web");
        server.virsh().ok("suspend", "web");
        Outcome paused = exec("true");
        assertEquals(125, paused.exit());
        assertTrue(paused.err().contains("paused"), paused::toString);
        server.virsh().ok("resume", "web");
        assertEquals(0, exec("true").exit());
        Outcome nobody = fairlead("exec", "nobody", "--", "true").run();
        assertEquals(125, nobody.exit());
        assertTrue(nobody.err().contains("No domain with matching name 'nobody'"), nobody::toString);
    }

    @Test
    void exec_whenMuchIsWrittenToBothOutputs_passesAllOfItOn() {
        web();
        Outcome much =
                exec("sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' o; head -c 1000000 /dev/zero | tr '\\0' e >&2");
        assertEquals(0, much.exit());
        assertEquals("o".repeat(1_000_000), much.out());
        assertEquals("e".repeat(1_000_000), much.err());
    }

    @Test
    void exec_whenItIsInteractive_passesTheInputOn() {
        web();
        String input = "a line of input\n".repeat(20_000);
        Outcome copied = fairlead("exec", "-i", "web", "cat").typing(input).run();
        assertEquals(0, copied.exit());
        assertEquals(input, copied.out());
        assertEquals(
                "", fairlead("exec", "web", "cat").typing("not passed on").run().out());
    }

    @Test
    void exec_whenItsOwnOutputIsClosed_breaksTheCommandsPipe() {
        web();
        String exec = "%s exec --root %s web -- yes".formatted(FairleadServer.launcher(), server.directory());
        assertEquals("y\n", Command.of("sh", "-c", exec + " | head -n 1").run().out());
        Eventually.until(
                "the command has ended",
                SOON,
                () -> fairlead("exec", "web", "--list").run().orFail().contains("ended 141"));
    }

    @Test
    void exec_asAUserInADirectoryWithVariables_runsSo() {
        web();
        Outcome outcome = fairlead(
                        "exec",
                        "-u",
                        "guest",
                        "-w",
                        "/etc",
                        "-e",
                        "A=1 2",
                        "web",
                        "--",
                        "sh",
                        "-c",
                        "id -u; pwd; echo $A")
                .run();
        assertEquals("1000\n/etc\n1 2\n", outcome.out());
    }

    @Test
    void exec_onATerminal_passesKeysAndItsSizeOn() {
        web();
        String command = "stty rows 33 cols 111; tty > %s; exec %s exec --root %s -it web -- sh"
                .formatted(files.resolve("tty"), FairleadServer.launcher(), server.directory());
        try (Pty pty = Pty.run(command)) {
            pty.type("echo $((6 * 7)); tty; stty size\r");
            pty.await("33 111");
            assertTrue(pty.text().contains("42"), pty.text());
            assertTrue(pty.text().contains("/dev/pts/"), pty.text());
            Command.of("sh", "-c", "stty -F $(cat %s) rows 44 cols 99".formatted(files.resolve("tty")))
                    .run()
                    .orFail();
            Eventually.until("the size has changed", SOON, () -> {
                pty.type("stty size\r");
                return pty.text().contains("44 99");
            });
            pty.type("sleep 1000\r");
            pty.await("sleep 1000");
            pty.type("\u0003");
            pty.type("echo after=$?\r");
            pty.await("after=130");
            pty.type("exit 5\r");
            assertEquals(5, pty.end());
        }
    }

    @Test
    void exec_whenTheDaemonIsKilled_goesOnAndItsStatusIsFound() throws Exception {
        web();
        Process client = fairlead(
                        "exec",
                        "web",
                        "--",
                        "sh",
                        "-c",
                        "echo before; while [ ! -e /go ]; do sleep 0.1; done; echo after; exit 9")
                .start();
        assertEquals('b', client.getInputStream().read());
        server.kill();
        client.waitFor();
        String error = new String(client.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(125, client.exitValue(), error);
        Matcher id = Pattern.compile("--attach ([0-9a-f-]{36})").matcher(error);
        assertTrue(id.find(), error);

        server.startAgain();
        Eventually.until("the container is found again", SOON, () -> server.virsh()
                .ok("domstate", "web")
                .equals("running"));
        String listed = fairlead("exec", "web", "--list").run().orFail();
        assertTrue(listed.contains(id.group(1)) && listed.contains("running"), listed);
        root.file("go", "");
        Outcome found = fairlead("exec", "web", "--attach", id.group(1)).run();
        assertEquals("before\nafter\n", found.out());
        assertEquals(9, found.exit());
        assertTrue(fairlead("exec", "web", "--list").run().orFail().contains("ended 9"));
    }

    @Test
    void exec_whenTheContainerIsDestroyed_endsWithIt() throws Exception {
        web();
        Process client =
                fairlead("exec", "web", "--", "sh", "-c", "echo up; sleep 1000").start();
        assertEquals('u', client.getInputStream().read());
        server.virsh().ok("destroy", "web");
        assertEquals(128 + 9, client.waitFor());
    }

    @Test
    void logs_withSinceAndTail_showThatPart() throws Exception {
        DomainXml.sleeping("web", root)
                .shell(
                        "for n in 1 2 3 4; do echo line $n; done; while [ ! -e /go ]; do sleep 0.1; done; echo last; exec sleep 1000")
                .start(server);
        Eventually.until("the lines are there", SOON, () -> logs().contains("line 4"));
        assertEquals("line 1\nline 2\nline 3\nline 4\n", logs());
        assertEquals("line 3\nline 4\n", logs("-n", "2"));
        Instant middle = Instant.now();
        Thread.sleep(10);
        root.file("go", "");
        Eventually.until("the last line is there", SOON, () -> logs().contains("last"));
        assertEquals("last\n", logs("--since", middle.toString()));
        assertTrue(logs("-t", "-n", "1").matches("20\\S+Z last\n"), () -> logs("-t", "-n", "1"));
        server.virsh().ok("destroy", "web");
        assertEquals("line 4\nlast\n", logs("--tail", "2"), "of a container that is off");
    }

    @Test
    void logs_whenFollowed_showEverythingOverRotations() {
        int lines = 400_000;
        root.script("loud", "echo 0; while [ ! -e /go ]; do sleep 0.1; done\nseq %d\n".formatted(lines));
        DomainXml.sleeping("web", root).running("/loud").start(server);
        Path output = files.resolve("followed");
        Command follower = Command.of(
                "sh",
                "-c",
                "exec %s logs --root %s -f web > %s".formatted(FairleadServer.launcher(), server.directory(), output));
        Process client = follower.start();
        Eventually.until("the follower follows", SOON, () -> output.toFile().length() > 0);
        root.file("go", "");
        Eventually.until("the follower ends with the container", Duration.ofSeconds(90), () -> !client.isAlive());
        assertEquals(0, client.exitValue());
        StringBuilder expected = new StringBuilder();
        for (int line = 0; line <= lines; line++) {
            expected.append(line).append('\n');
        }
        try {
            // Not assertEquals: it would print megabytes.
            assertTrue(expected.toString().equals(Files.readString(output).replace("\r", "")), "not every line once");
            assertFalse(Files.size(output) < ROTATION / 4, "too little to have rotated");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String logs(String... options) {
        List<String> all = new ArrayList<>(List.of("logs", "web"));
        all.addAll(List.of(options));
        return fairlead(all.toArray(String[]::new)).run().out().replace("\r", "");
    }
}
