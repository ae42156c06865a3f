package io.fairlead.xml.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.network.NetworkUpdate.Command;
import io.fairlead.xml.network.NetworkUpdate.Section;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates of networks, answered as libvirt answered them. */
class NetworkUpdateTest {
    private static final int NETWORK = 19;

    static List<Answers.Case> cases() {
        return Answers.of("network-updates.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void apply_whenAClientChangesASection_answersAsLibvirt(Answers.Case one) {
        String[] words = one.input().split(" ", 5);
        NetworkDocument before = Networks.parse(Answers.document(words[0] + ".xml"));
        String unchanged = before.toXml();

        String told = Answers.told(NETWORK, () -> NetworkUpdate.apply(
                        before,
                        Command.of(Integer.parseInt(words[1])),
                        Section.of(Integer.parseInt(words[2])),
                        Integer.parseInt(words[3]),
                        words[4])
                .toXml());

        assertEquals(one.answer(), told);
        assertEquals(unchanged, before.toXml());
    }

    @Test
    void apply_whenTheElementIsNoXml_refusesIt() {
        NetworkDocument network =
                Networks.parse("<network><name>n</name><ip address='10.0.0.1' prefix='24'/></network>");

        XmlException refusal = assertThrows(
                XmlException.class,
                () -> NetworkUpdate.apply(network, Command.ADD_LAST, Section.IP_DHCP_HOST, -1, "<host"));

        assertEquals(XmlErrorKind.XML_DETAIL, refusal.kind());
    }

    @Test
    void apply_whenANetworkCannotForward_refusesAnInterface() {
        NetworkDocument isolated = Networks.parse("<network><name>n</name></network>");
        NetworkDocument physical = Networks.parse(
                "<network><name>n</name><forward mode='passthrough'><pf dev='eth0'/></forward></network>");

        for (NetworkDocument network : List.of(isolated, physical)) {
            XmlException refusal = assertThrows(
                    XmlException.class,
                    () -> NetworkUpdate.apply(
                            network, Command.ADD_LAST, Section.FORWARD_INTERFACE, -1, "<interface dev='eth1'/>"));
            assertEquals(XmlErrorKind.OPERATION_INVALID, refusal.kind());
        }
    }
}
