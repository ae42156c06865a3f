package io.fairlead.xml.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.schema.LibvirtSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions of networks, answered as libvirt answered them. */
class NetworkAnswersTest {
    /** VIR_FROM_NETWORK. */
    private static final int NETWORK = 19;

    private static final LibvirtSchemas SCHEMAS = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);

    static List<Answers.Case> cases() {
        return Answers.of("networks.txt");
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
}
