package io.fairlead.backend.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.backend.console.ConsoleLog;
import io.fairlead.backend.monitor.MonitorShape;
import io.fairlead.core.backend.Stdio;
import io.fairlead.core.backend.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files in {@code src/test/resources/monitor} are conmon's command line for each shape, one argument a line. */
class MonitorCommandTest {
    private static final Path RUN = Path.of("/run/fairlead");
    private static final UUID GUEST = UUID.fromString("8f1f2c54-0000-4000-8000-000000000001");

    private static List<String> arguments(MonitorShape shape, int initFiles) {
        MonitorCommand command =
                new MonitorCommand(Path.of("/usr/bin/conmon"), OciRuntime.of(Path.of("/usr/bin/crun")));
        ConsoleLog log = ConsoleLog.in(Path.of("/var/log/fairlead", GUEST.toString()), 16 << 20);
        return command.arguments(GuestFolder.of(RUN, GUEST), "web", "web ", log, shape, initFiles);
    }

    @ParameterizedTest
    @EnumSource(MonitorShape.class)
    void arguments_ofEachShape_areAsWrittenDown(MonitorShape shape) throws IOException {
        Path golden = Path.of("src/test/resources/monitor", shape.name() + ".txt");
        String actual = String.join("\n", arguments(shape, 0)) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
    }

    @Test
    void arguments_whenInitGetsDescriptors_tellTheRuntimeHowMany() {
        assertTrue(arguments(MonitorShape.TERMINAL, 2).contains("--runtime-opt=--preserve-fds=2"));
    }

    @Test
    void idOf_itsOwnArguments_isTheGuest() {
        assertEquals(Optional.of(GUEST.toString()), MonitorCommand.idOf(arguments(MonitorShape.TERMINAL, 0), RUN));
        assertEquals(Optional.empty(), MonitorCommand.idOf(arguments(MonitorShape.TERMINAL, 0), Path.of("/run/other")));
    }

    @ParameterizedTest
    @EnumSource(MonitorShape.class)
    void of_theStreamsOfAShape_isThatShape(MonitorShape shape) {
        assertEquals(shape, MonitorShape.of(shape.stdio()));
    }

    @Test
    void of_aTerminalOfAnySize_isOneShape() {
        assertEquals(MonitorShape.TERMINAL, MonitorShape.of(new Stdio.Terminal(new TerminalSize(24, 80))));
    }
}
