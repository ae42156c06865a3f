package io.fairlead.xml.emptied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.LibvirtCodes;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;
import io.fairlead.xml.tree.XmlException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of a valid document, emptied: the answer is libvirt's. */
class EmptiedLeavesTest {
    private static final DomainDefaults HOST = DomainDefaults.forArch("amd64");
    private static final Map<String, String> RECORDED = EmptiedLeaves.recorded();
    private static final Map<String, String> LEFT_OUT = EmptiedLeaves.leftOut();

    /** Refused by the driver of the pool's type, which parsing of a document does not know. */
    private static final Set<String> DRIVERS = Set.of("/pool/source/dir/@path");

    static Stream<EmptiedLeaves.Leaf> leaves() {
        return EmptiedLeaves.all().stream()
                .filter(leaf -> !LEFT_OUT.containsKey(leaf.place()) && !DRIVERS.contains(leaf.place()));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void parse_whenAValueIsEmpty_doesWhatLibvirtDoes(EmptiedLeaves.Leaf leaf) {
        String expected = RECORDED.getOrDefault(leaf.place(), "not recorded");

        String emptied = outcome(leaf.emptied());

        String told = emptied.startsWith("ok ")
                ? emptied.equals(outcome(leaf.removed())) ? EmptiedLeaves.ABSENT : EmptiedLeaves.KEPT
                : emptied;
        assertEquals(leaf.place() + " " + expected, leaf.place() + " " + told, leaf.emptied());
    }

    @Test
    void places_whenRecorded_areAllThere() {
        Set<String> there =
                EmptiedLeaves.all().stream().map(EmptiedLeaves.Leaf::place).collect(Collectors.toSet());

        assertTrue(there.size() > 150, () -> "only %d places".formatted(there.size()));
        assertEquals(Set.of(), minus(RECORDED.keySet(), there));
        assertEquals(Set.of(), minus(LEFT_OUT.keySet(), there));
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        return all.stream().filter(place -> !without.contains(place)).collect(Collectors.toSet());
    }

    private static String outcome(String xml) {
        try {
            return "ok " + (xml.contains("<domain") ? domain(xml) : xml.contains("<pool") ? pool(xml) : volume(xml));
        } catch (XmlException e) {
            return LibvirtCodes.withOrigin(e, xml.contains("<domain") ? 20 : 18) + " " + e.getMessage();
        }
    }

    /** Without values that are made up when absent. */
    private static String domain(String xml) {
        return DomainDocument.parse(xml, HOST)
                .toXml()
                .replaceAll("<uuid>[^<]*</uuid>", "<uuid/>")
                .replaceAll("<mac address='52:54:00:[^']*'", "<mac");
    }

    private static String pool(String xml) {
        return StoragePoolDocument.parse(xml).toXml().replaceAll("<uuid>[^<]*</uuid>", "<uuid/>");
    }

    private static String volume(String xml) {
        return VolumeRequest.parse(xml).toString();
    }
}
