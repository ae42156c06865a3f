package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.answers.Answers;
import io.fairlead.xml.network.NetworkDocument;
import io.fairlead.xml.network.NetworkPortDocument;
import io.fairlead.xml.network.NetworkUpdate;
import io.fairlead.xml.network.NetworkUpdate.Command;
import io.fairlead.xml.network.NetworkUpdate.Section;
import io.fairlead.xml.network.Networks;
import io.fairlead.xml.nwfilter.FilterBindingDocument;
import io.fairlead.xml.nwfilter.FilterDocument;
import io.fairlead.xml.tree.XmlException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as a network, an update of one, a port, a filter or a binding: it is refused in words, or its printed
 * form reads as the same one.
 */
class NetworkFuzzTest {
    private static final NetworkDocument BEFORE = Networks.parse(Answers.document("nat.xml"));
    private static final UUID ID = UUID.fromString("8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18");
    private static final String OWNER =
            "<owner><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c18</uuid><name>w</name></owner>";

    @MethodSource("networks")
    @FuzzTest
    void network_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        NetworkDocument network;
        try {
            network = Networks.parse(Seeds.text(input));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        NetworkDocument again = Networks.parse(network.toXml());
        assertEquals(network.toXml(), again.toXml());
        assertEquals(network.definition(), again.definition());
    }

    /** The first two bytes choose command and section, the rest is the element. */
    @MethodSource("updates")
    @FuzzTest
    void update_whenApplied_isRefusedOrMakesADocumentThatReadsTheSame(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Command command = Command.values()[Math.floorMod(input[0] - '0', Command.values().length)];
        Section section = Section.values()[Math.floorMod(input[1] - 'a', Section.values().length)];
        String element = Seeds.text(Arrays.copyOfRange(input, 2, input.length));
        try {
            NetworkDocument after = NetworkUpdate.apply(BEFORE, command, section, -1, element);
            assertEquals(after.toXml(), Networks.parse(after.toXml()).toXml());
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    @MethodSource("filters")
    @FuzzTest
    void filter_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        readsTheSame(input, text -> {
            FilterDocument filter = FilterDocument.parse(text, () -> ID);
            assertFalse(filter.entries().contains(null));
            return filter.toXml();
        });
    }

    @MethodSource("ports")
    @FuzzTest
    void port_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        readsTheSame(input, text -> NetworkPortDocument.parse(text, () -> ID).toXml());
    }

    @MethodSource("bindings")
    @FuzzTest
    void binding_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        readsTheSame(input, text -> FilterBindingDocument.parse(text).toXml());
    }

    private static void readsTheSame(byte[] input, UnaryOperator<String> printed) {
        String first;
        try {
            first = printed.apply(Seeds.text(input));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        assertEquals(first, printed.apply(first));
    }

    static List<byte[]> networks() {
        return inputs("networks.txt");
    }

    static List<byte[]> filters() {
        return inputs("filters.txt");
    }

    private static List<byte[]> inputs(String file) {
        return Seeds.of(Answers.of(file).stream().map(Answers.Case::input).toArray(String[]::new));
    }

    static List<byte[]> updates() {
        return Seeds.of(Answers.of("network-updates.txt").stream()
                .map(one -> one.input().split(" ", 5))
                .filter(words -> words[2].length() == 1)
                .map(words -> "%d%c%s"
                        .formatted(
                                Integer.parseInt(words[1]) - 1,
                                (char) ('a' + Integer.parseInt(words[2]) - 1),
                                words[4]))
                .toArray(String[]::new));
    }

    static List<byte[]> ports() {
        return Seeds.of("<networkport><mac address='52:54:0:AA:0:1'/>" + OWNER
                + "<vlan><tag id='4'/></vlan><plug type='direct' dev='eth0' mode='vepa'/></networkport>");
    }

    static List<byte[]> bindings() {
        return Seeds.of("<filterbinding><portdev name='v'/><mac address='52:54:0:0:0:1'/>" + OWNER
                + "<filterref filter='f'><parameter name='A' value='b'/></filterref></filterbinding>");
    }
}
