package io.fairlead.xml.nwfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.schema.LibvirtSchemas;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions of filters, answered as libvirt answered them. */
class FilterAnswersTest {
    /** VIR_FROM_NWFILTER. */
    private static final int NWFILTER = 33;

    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
    private static final UUID ID = UUID.fromString("8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18");

    static List<Answers.Case> cases() {
        return Answers.of("filters.txt");
    }

    static List<Answers.Case> accepted() {
        return cases().stream().filter(one -> !one.answer().startsWith("!")).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parse_whenAClientSendsADefinition_answersAsLibvirt(Answers.Case one) {
        assertEquals(
                one.answer(), Answers.told(NWFILTER, () -> parse(one.input()).toXml()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void parse_whenTheStoredTextComesBack_changesNothing(Answers.Case one) {
        assertEquals(one.answer(), parse(one.answer()).toXml().stripTrailing());
    }

    @Test
    void output_whenOfEveryProtocol_matchesLibvirtsSchema() {
        assumeTrue(SCHEMAS.has("nwfilter.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        for (String protocol : Protocols.names()) {
            String xml = parse("<filter name='f'><rule action='drop' direction='in'><%s comment='c'/></rule></filter>"
                            .formatted(protocol))
                    .toXml();
            SCHEMAS.validate("nwfilter.rng", "nwfilter_definition", xml);
            assertTrue(xml.contains("<" + protocol + " comment='c'/>"), xml);
        }
    }

    @Test
    void entries_whenRead_areRulesAndReferencesInOrder() {
        FilterDocument filter =
                parse("<filter name='f' chain='ipv4-x'><rule action='accept' direction='out' priority='7' "
                        + "statematch='0'><tcp match='no' dstportstart='$PORT'/></rule><filterref filter='g'>"
                        + "<parameter name='IP' value='10.0.0.1'/><parameter name='IP' "
                        + "value='10.0.0.2'/></filterref></filter>");

        assertEquals(-700, filter.chainPriority());
        assertEquals(
                List.of(
                        new FilterRule(
                                "accept",
                                "out",
                                7,
                                false,
                                List.of(new FilterRule.Match("tcp", true, Map.of("dstportstart", "$PORT")))),
                        new FilterReference("g", Map.of("IP", List.of("10.0.0.1", "10.0.0.2")))),
                filter.entries());
    }

    private static FilterDocument parse(String xml) {
        return FilterDocument.parse(xml, () -> ID);
    }
}
