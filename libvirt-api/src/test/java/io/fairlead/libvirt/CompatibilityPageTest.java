package io.fairlead.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.core.event.DomainEvent;
import io.fairlead.libvirt.fixture.EngineFixture;
import io.fairlead.rpc.protocol.DomainEventId;
import io.fairlead.rpc.protocol.FairleadProcedure;
import io.fairlead.rpc.protocol.ProcedureId;
import io.fairlead.rpc.protocol.RemoteProcedure;
import io.fairlead.rpc.server.Procedure;
import io.fairlead.rpc.server.Program;
import io.fairlead.storage.pool.PoolEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares docs/compat/libvirt.md with the table of procedures and the events that clients get. */
class CompatibilityPageTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\w+) \\| (done|partial|refused) \\|(.*)\\|");

    /** In the table of procedures only because their arguments tell the function that a refusal names. */
    private static final Set<String> REFUSED_BY_ARGUMENTS = Set.of("CONNECT_GET_ALL_DOMAIN_STATS");

    private record Row(int number, String name, String status, String remark) {}

    private static EngineFixture fixture;
    private static List<Row> rows;

    @BeforeAll
    static void read() throws IOException {
        fixture = new EngineFixture();
        try (var lines = Files.lines(Path.of("../docs/compat/libvirt.md"))) {
            rows = lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(m -> new Row(
                            Integer.parseInt(m.group(1)),
                            m.group(2),
                            m.group(3),
                            m.group(4).strip()))
                    .toList();
        }
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void page_namesEveryProcedureByItsNumber() {
        Map<Integer, String> expected = new TreeMap<>();
        Arrays.stream(RemoteProcedure.values()).forEach(p -> expected.put(p.number(), p.name()));
        Map<Integer, String> actual =
                remote().collect(Collectors.toMap(Row::number, Row::name, (a, b) -> a, TreeMap::new));
        assertEquals(expected, actual);
        assertEquals(RemoteProcedure.values().length, remote().count());
    }

    private static java.util.stream.Stream<Row> remote() {
        return rows.stream().filter(row -> !row.name().equals("DOMAIN_OPEN_NAMESPACE"));
    }

    @Test
    void page_saysDoneOrPartialForExactlyWhatIsServed() {
        Set<String> served = new TreeSet<>(messagesSent());
        for (Program program : fixture.programs()) {
            if (program.number() == FairleadProcedure.PROGRAM) {
                continue; // FairleadPageTest
            }
            StreamSupport.stream(program.procedures().spliterator(), false)
                    .map(Procedure::signature)
                    .map(signature -> signature.id().name())
                    .forEach(served::add);
        }
        served.removeAll(REFUSED_BY_ARGUMENTS);
        Set<String> claimed = rows.stream()
                .filter(row -> !row.status().equals("refused"))
                .map(Row::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(served, claimed);
    }

    /** One message for each kind of event of the engine, and the close message. */
    private static Set<String> messagesSent() {
        Set<String> sent = Arrays.stream(DomainEvent.class.getPermittedSubclasses())
                .map(kind -> kind.getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toUpperCase())
                .map(DomainEventId::valueOf)
                .map(DomainEventId::message)
                .map(ProcedureId::name)
                .collect(Collectors.toCollection(TreeSet::new));
        sent.add(RemoteProcedure.CONNECT_EVENT_CONNECTION_CLOSED.name());
        Arrays.stream(PoolEvent.class.getPermittedSubclasses())
                .map(kind -> "STORAGE_POOL_EVENT_" + kind.getSimpleName().toUpperCase())
                .forEach(sent::add);
        return sent;
    }

    @Test
    void page_givesAReasonWhereSomethingIsMissing() {
        for (Row row : rows) {
            assertTrue(row.status().equals("done") || !row.remark().isEmpty(), row.name() + " has no remark");
        }
    }
}
