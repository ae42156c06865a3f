package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.facts.ContainerFacts;
import io.fairlead.xml.facts.FactsMetadata;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any element in the place of a container's facts is refused with a message, or survives writing and reading. */
class FactsFuzzTest {
    private static final String OPEN = "<container xmlns='%s'>".formatted(FactsMetadata.NAMESPACE);

    @MethodSource("seeds")
    @FuzzTest
    void facts_whenRead_areRefusedOrComeBack(byte[] input) {
        ContainerFacts facts;
        try {
            facts = FactsMetadata.read(XmlReader.read("facts", Seeds.text(input)));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        assertEquals(facts, FactsMetadata.read(FactsMetadata.element(facts)));
    }

    static List<byte[]> seeds() {
        return Seeds.of(
                OPEN + "</container>",
                OPEN + "<image name='docker.io/library/nginx:1' id='sha256:0f0f'/><label name='a.b' value='&#10;x'/>"
                        + "<restart policy='on-failure' most='5'/><stop signal='RTMIN+3' timeout='-1'/></container>",
                OPEN + "<health check='command' interval='PT1H2M3.5S' retries='3'><word value='a'/><word value=''/>"
                        + "</health><port container='80' protocol='udp' address='::1' host='8080'/></container>",
                OPEN + "<volume name='v' path='/a' anonymous='true'/><stdio terminal='1' stdin='once'/></container>",
                "<f:container xmlns:f='%s'><!-- c --><f:stdio terminal='false' stdin='open'/><?p d?></f:container>"
                        .formatted(FactsMetadata.NAMESPACE));
    }
}
