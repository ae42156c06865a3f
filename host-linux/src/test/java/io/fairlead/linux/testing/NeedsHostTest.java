package io.fairlead.linux.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

class NeedsHostTest {
    @NeedsHost(programs = {"sh", "fairlead-no-such-program"})
    private static final class NeedsTooMuch {}

    private static final NeedsHost NEEDS = NeedsTooMuch.class.getAnnotation(NeedsHost.class);

    @Test
    void evaluate_whenSomethingIsMissing_skipsAndSaysWhat() {
        ConditionEvaluationResult result = new NeedsHostCondition(false).evaluate(NEEDS);
        assertTrue(result.isDisabled());
        assertEquals(
                "skipped, because it needs the program fairlead-no-such-program",
                result.getReason().orElseThrow());
    }

    @Test
    void evaluate_whenTheHostIsRequired_failsInstead() {
        assertThrows(AssertionError.class, () -> new NeedsHostCondition(true).evaluate(NEEDS));
    }

    @Test
    void addedSince_whenADescriptorIsLeftOpen_showsIt(@TempDir Path folder) throws Exception {
        int pid = (int) ProcessHandle.current().pid();
        Path file = Files.writeString(folder.resolve("left-open"), "x");
        HostTables before = HostTables.descriptors(pid);
        try (var channel = Files.newByteChannel(file)) {
            assertTrue(channel.isOpen());
            List<String> added = HostTables.descriptors(pid).addedSince(before);
            assertTrue(added.stream().anyMatch(line -> line.endsWith("left-open")), added.toString());
        }
        assertFalse(
                HostTables.descriptors(pid).addedSince(before).stream().anyMatch(line -> line.endsWith("left-open")));
    }

    @Test
    void snapshot_whenTaken_listsMountsAndLinks() throws Exception {
        Set<String> lines = HostTables.snapshot("fairlead-none", Set.of()).lines();
        assertTrue(lines.contains("link lo"));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("mount ") && line.contains(" / ")));
    }
}
