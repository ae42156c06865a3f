package io.fairlead.linux.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsHost(value = HostFeature.ROOT, programs = "linux.uml")
class UmlMachineTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path scratch;

    @Test
    void command_whenItEnds_givesItsStatusAndWritesOnlyToScratch() throws Exception {
        Path outside = Files.createTempFile("fairlead", "outside");
        String command = "echo seen > '%s/inside'; echo harm > '%s'; [[ -c /dev/mapper/control ]] && exit 7"
                .formatted(scratch, outside);

        try (UmlMachine machine = UmlMachine.boot(scratch, List.of("dm-mod"), command)) {
            assertEquals(7, machine.waitFor(LIMIT));
        }

        assertEquals("seen\n", Files.readString(scratch.resolve("inside")));
        assertEquals("", Files.readString(outside));
        Files.delete(outside);
    }

    @Test
    void cutPower_whileTheCommandRuns_endsTheMachineWithoutAStatus() throws Exception {
        try (UmlMachine machine = UmlMachine.boot(scratch, List.of(), "touch '%s/up'; sleep 100".formatted(scratch))) {
            while (!Files.exists(scratch.resolve("up"))) {
                assertTrue(machine.isOn(), machine.console());
                Thread.sleep(20);
            }

            machine.cutPower();

            assertFalse(machine.isOn());
            assertThrows(IOException.class, () -> machine.waitFor(LIMIT));
        }
    }
}
