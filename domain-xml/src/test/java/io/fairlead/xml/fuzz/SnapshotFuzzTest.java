package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.snapshot.SnapshotDocument;
import io.fairlead.xml.snapshot.SnapshotRequest;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as a snapshot, new or defined again: it is refused in words, or reads the same once it is printed. */
class SnapshotFuzzTest {
    private static final String DOMAIN =
            "<%s type='lxc'><name>a</name><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00</uuid><memory>1</memory>"
                    + "<os><type>exe</type><init>/i</init></os></%1$s>";

    @MethodSource("documents")
    @FuzzTest
    void document_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        SnapshotDocument snapshot;
        try {
            snapshot = SnapshotDocument.parse(Seeds.text(input));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        assertEquals(snapshot, SnapshotDocument.parse(snapshot.toXml(true)));
        XmlReader.read("printed", snapshot.toXml(false));
        assertEquals(snapshot, SnapshotDocument.of(snapshot.element()));
    }

    @MethodSource("requests")
    @FuzzTest
    void request_whenRead_isRefusedOrSensible(byte[] input) {
        try {
            SnapshotRequest request = SnapshotRequest.parse(Seeds.text(input));
            assertFalse(request.name().orElse("made up").isEmpty());
            request.disks().forEach(disk -> assertFalse(disk.name().isEmpty()));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    static List<byte[]> documents() {
        return Seeds.of(
                "<domainsnapshot><name>s</name><description>d</description><state>running</state>"
                        + "<parent><name>p</name></parent><creationTime>1700000000</creationTime><memory snapshot='no'/>"
                        + "<disks><disk name='sda' snapshot='internal'/><disk name='/' snapshot='no'/></disks>"
                        + DOMAIN.formatted("domain") + DOMAIN.formatted("inactiveDomain") + "</domainsnapshot>",
                "<domainsnapshot><name>s</name><state>disk-snapshot</state><creationTime>0</creationTime>"
                        + DOMAIN.formatted("domain") + "</domainsnapshot>");
    }

    static List<byte[]> requests() {
        return Seeds.of(
                "<domainsnapshot/>",
                "<domainsnapshot><name>s</name><description>d</description><memory snapshot='external' file='/f'/>"
                        + "<disks><disk name='sda'><source file='/f'/></disk><disk name='b' snapshot='manual'/></disks>"
                        + "</domainsnapshot>");
    }
}
