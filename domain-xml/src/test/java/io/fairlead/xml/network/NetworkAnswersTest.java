package io.fairlead.xml.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions of networks, answered as libvirt answered them. */
class NetworkAnswersTest {
    /** VIR_FROM_NETWORK. */
    private static final int NETWORK = 19;

    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    static List<Answers.Case> cases() {
        return Stream.of("networks.txt", "networks-emptied.txt")
                .flatMap(file -> Answers.of(file).stream())
                .toList();
    }

    static List<Answers.Case> accepted() {
        return cases().stream().filter(one -> !one.answer().startsWith("!")).toList();
    }

    @Test
    void cases_whenRead_areManyOfBothKinds() {
        assertTrue(accepted().size() > 100, () -> "only " + accepted().size());
        assertTrue(cases().size() - accepted().size() > 100, () -> "only " + cases().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parse_whenAClientSendsADefinition_answersAsLibvirt(Answers.Case one) {
        String told = Answers.told(NETWORK, () -> Networks.named(one.input()).toXml());

        assertEquals(one.answer(), told);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void parse_whenTheStoredTextComesBack_changesNothing(Answers.Case one) {
        assertEquals(one.answer(), Networks.parse(one.answer()).toXml().stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void output_whenInputMatchesLibvirtsSchema_matchesItToo(Answers.Case one) {
        assumeTrue(SCHEMAS.has("network.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        if (isInSchema(one.input())) {
            SCHEMAS.validate(
                    "network.rng",
                    "network_definition",
                    Networks.named(one.input()).toXml());
        }
    }

    /** libvirt reads more than its schema allows: empty texts, numbers out of range. */
    private static boolean isInSchema(String xml) {
        try {
            SCHEMAS.validate("network.rng", "network_definition", xml);
            return true;
        } catch (XmlException e) {
            return false;
        }
    }
}
