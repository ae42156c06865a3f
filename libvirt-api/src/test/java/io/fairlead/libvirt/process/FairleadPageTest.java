package io.fairlead.libvirt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.rpc.protocol.FairleadProcedure;
import io.fairlead.rpc.protocol.StreamPiece;
import io.fairlead.rpc.server.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares docs/compat/fairlead.md with the procedures of the own program. */
class FairleadPageTest {
    private static final Pattern PROCEDURE = Pattern.compile("\\| (\\d+) \\| ([A-Z_]+) \\|.*");
    private static final Pattern KIND = Pattern.compile("\\| (\\d+), ([A-Z]+) \\|.*");

    @Test
    void page_namesEveryProcedureByItsNumberAndEachIsServed() throws IOException {
        Map<Integer, String> expected = new TreeMap<>();
        Arrays.stream(FairleadProcedure.values()).forEach(p -> expected.put(p.number(), p.name()));
        assertEquals(expected, rows(PROCEDURE));
        try (EngineFixture fixture = new EngineFixture()) {
            Program own = fixture.programs().stream()
                    .filter(program -> program.number() == FairleadProcedure.PROGRAM)
                    .findFirst()
                    .orElseThrow();
            assertEquals(FairleadProcedure.VERSION, own.version());
            for (FairleadProcedure procedure : FairleadProcedure.values()) {
                assertNotNull(own.procedure(procedure.number()), procedure.name());
                assertTrue(procedure.needsWriteAccess(), "read-only connections may not call " + procedure);
            }
        }
    }

    @Test
    void page_namesEveryKindOfPieceByItsNumber() throws IOException {
        Map<Integer, String> expected = new TreeMap<>();
        Arrays.stream(StreamPiece.Kind.values()).forEach(kind -> expected.put(kind.ordinal(), kind.name()));
        assertEquals(expected, rows(KIND));
    }

    @Test
    void page_namesTheProgram() throws IOException {
        assertTrue(Files.readString(page()).contains("0x%x".formatted(FairleadProcedure.PROGRAM)));
    }

    private static Path page() {
        return Path.of("../docs/compat/fairlead.md");
    }

    private static Map<Integer, String> rows(Pattern row) throws IOException {
        try (var lines = Files.lines(page())) {
            return lines.map(row::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.toMap(
                            m -> Integer.parseInt(m.group(1)), m -> m.group(2), (a, b) -> a, TreeMap::new));
        }
    }
}
