package io.fairlead.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpawnerTest {
    private static final List<Integer> NO_STREAMS = List.of(Command.NOTHING, Command.NOTHING, Command.NOTHING);

    @TempDir
    private Path directory;

    @Test
    void spawn_whenTheScriptWrites_hasItsDirectoryAndEnvironmentAndNothingElse() throws IOException {
        run("echo \"$PWD $COLOUR $HOME\" > out");
        assertEquals(directory.toRealPath() + " green \n", Files.readString(directory.resolve("out")));
    }

    @Test
    void spawn_whenItLooksAtItsDescriptors_seesOnlyTheListedOnes() throws IOException {
        run("exec ls /proc/self/fd > out");
        // The shell opens "out" as 1; ls has the folder it lists open as 3.
        assertEquals(List.of("0", "1", "2", "3"), Files.readAllLines(directory.resolve("out")));
    }

    @Test
    void spawn_whenTheSourcesAreTargetsToo_mapsThemInOrder() throws IOException {
        Files.writeString(directory.resolve("first"), "first");
        Files.writeString(directory.resolve("second"), "second");
        int first = open("first");
        int second = open("second");
        try {
            int pid = Spawner.spawn(new Command(
                    Path.of("/bin/sh"),
                    List.of("sh", "-c", "cat <&3 > out; cat <&4 >> out"),
                    Map.of("PATH", "/bin"),
                    directory,
                    List.of(Command.NOTHING, Command.NOTHING, Command.NOTHING, second, first)));
            assertEquals(0, Spawner.waitFor(pid));
            assertEquals("secondfirst", Files.readString(directory.resolve("out")));
        } finally {
            LibraryC.close(first);
            LibraryC.close(second);
        }
    }

    @Test
    void spawn_always_leadsItsOwnSession() throws IOException {
        int pid = spawn("cut -d' ' -f6 /proc/$$/stat > out; echo $$ >> out");
        assertEquals(0, Spawner.waitFor(pid));
        assertEquals(List.of("" + pid, "" + pid), Files.readAllLines(directory.resolve("out")));
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "kill -9 $$, 137"})
    void waitFor_whenTheChildHasEnded_countsAsAShellDoes(String script, int expected) throws IOException {
        assertEquals(expected, Spawner.waitFor(spawn(script)));
    }

    @Test
    void waitFor_whenItIsNoChildOfOurs_saysSo() {
        assertEquals(-1, Spawner.waitFor(1));
    }

    @Test
    void spawn_whenTheProgramIsMissing_saysWhich() {
        Command command =
                new Command(Path.of("/nonexistent/program"), List.of("program"), Map.of(), directory, NO_STREAMS);
        IOException refused = assertThrows(IOException.class, () -> Spawner.spawn(command));
        assertTrue(refused.getMessage().contains("/nonexistent/program"), refused.getMessage());
        assertTrue(refused.getMessage().contains("No such file"), refused.getMessage());
    }

    private void run(String script) throws IOException {
        assertEquals(0, Spawner.waitFor(spawn(script)));
    }

    private int spawn(String script) throws IOException {
        return Spawner.spawn(new Command(
                Path.of("/bin/sh"),
                List.of("sh", "-c", script),
                Map.of("COLOUR", "green", "PATH", "/bin:/usr/bin"),
                directory,
                NO_STREAMS));
    }

    private int open(String name) {
        return LibraryC.open(directory.resolve(name).toString(), 0);
    }

    private static final class LibraryC {
        static {
            Native.register(LibraryC.class, "c");
        }

        static native int open(String path, int flags);

        static native int close(int descriptor);
    }
}
