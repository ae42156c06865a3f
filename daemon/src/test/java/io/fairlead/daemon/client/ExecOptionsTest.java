package io.fairlead.daemon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecOptionsTest {
    @Test
    void parse_whenOptionsAreAnywhereBeforeTheCommand_takesThem() {
        ExecOptions options = ExecOptions.parse(
                "--root", "/srv", "-i", "web", "-t", "-u", "mail:8", "-w=/tmp", "-eA=1", "--env=B=2", "--", "ls", "-l");
        assertEquals(Path.of("/srv"), options.root());
        assertEquals("web", options.container());
        assertTrue(options.interactive() && options.terminal());
        assertEquals("mail:8", options.user());
        assertEquals("=/tmp", options.directory());
        assertEquals(List.of("A=1", "B=2"), options.environment());
        assertEquals(List.of("ls", "-l"), options.command());
    }

    @Test
    void parse_whenTheCommandFollowsWithoutDashes_leavesItsOptionsToIt() {
        ExecOptions options = ExecOptions.parse("-it", "web", "sh", "-c", "echo -u", "--", "x");
        assertTrue(options.interactive() && options.terminal());
        assertNull(options.user());
        assertEquals(List.of("sh", "-c", "echo -u", "--", "x"), options.command());
    }

    @Test
    void parse_whenNothingElseIsGiven_hasNoInputAndNoTerminal() {
        ExecOptions options = ExecOptions.parse("web", "--", "true");
        assertFalse(options.interactive() || options.terminal() || options.list());
        assertNull(options.root());
        assertNull(options.attach());
    }

    @Test
    void parse_whenAVariableHasNoValue_takesThatOfThisProcess() {
        assertEquals(
                List.of("PATH=" + System.getenv("PATH")),
                ExecOptions.parse("web", "-e", "PATH", "-e", "NO_SUCH_VARIABLE", "true")
                        .environment());
    }

    @Test
    void parse_whenItMakesNoSense_saysWhy() {
        assertRefused("no container is named");
        assertRefused("no container is named", "--", "ls");
        assertRefused("no command is given", "web");
        assertRefused("no command is given", "web", "-i", "--");
        assertRefused("unknown option -x", "web", "-x", "ls");
        assertRefused("unknown option -x", "-ix", "web", "ls");
        assertRefused("unknown option --all", "web", "--all", "ls");
        assertRefused("-u needs a value", "web", "-u");
        assertRefused("--tty takes no value", "web", "--tty=yes", "ls");
        assertRefused("--list and --attach take no command", "web", "--list", "ls");
    }

    private static void assertRefused(String why, String... arguments) {
        assertEquals(
                why,
                assertThrows(UsageException.class, () -> ExecOptions.parse(arguments))
                        .getMessage());
    }
}
