package io.fairlead.xml.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.LibvirtCodes;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.snapshot.SnapshotDisk.Mode;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotDocumentTest {
    private static final String DOMAIN =
            """
            <domain type='lxc'>
              <name>web</name>
              <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
              <memory unit='KiB'>65536</memory>
              <os>
                <type arch='x86_64'>exe</type>
                <init>/sbin/init</init>
              </os>
              <devices>
                <filesystem type='volume' accessmode='passthrough'>
                  <source pool='p' volume='root'/>
                  <target dir='/'/>
                </filesystem>
              </devices>
            </domain>
            """;

    private static SnapshotDocument document(Optional<String> parent, Optional<DomainDocument> inactive) {
        return new SnapshotDocument(
                "before upgrade",
                Optional.of("all well"),
                SnapshotState.RUNNING,
                parent,
                1_700_000_000,
                List.of(new SnapshotDisk("/pool/root", Mode.INTERNAL), new SnapshotDisk("vda", Mode.NO)),
                DomainDocument.parse(DOMAIN),
                inactive);
    }

    @Test
    void toXml_isInLibvirtsOrder() {
        String xml = document(Optional.of("s0"), Optional.empty()).toXml(false);
        assertTrue(
                xml.startsWith(
                        """
                        <domainsnapshot>
                          <name>before upgrade</name>
                          <description>all well</description>
                          <state>running</state>
                          <parent>
                            <name>s0</name>
                          </parent>
                          <creationTime>1700000000</creationTime>
                          <memory snapshot='no'/>
                          <disks>
                            <disk name='/pool/root' snapshot='internal'/>
                            <disk name='vda' snapshot='no'/>
                          </disks>
                          <domain type='lxc'>
                            <name>web</name>
                        """),
                xml);
    }

    @Test
    void parse_whenPrintedBefore_givesTheSame() {
        DomainDocument other = DomainDocument.parse(DOMAIN.replace("65536", "32768"));
        for (SnapshotDocument document : List.of(
                document(Optional.empty(), Optional.empty()), document(Optional.of("s0"), Optional.of(other)))) {
            assertEquals(document, SnapshotDocument.parse(document.toXml(true)));
        }
        assertEquals(other, document(Optional.empty(), Optional.of(other)).config());
    }

    @Test
    void toXml_satisfiesLibvirtsSchema() {
        LibvirtSchemas schemas = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
        Assumptions.assumeTrue(schemas.has("domainsnapshot.rng"), "libvirt's schemas are not installed");
        schemas.validate(
                "domainsnapshot.rng",
                "domain_snapshot",
                document(Optional.of("s0"), Optional.of(DomainDocument.parse(DOMAIN)))
                        .toXml(true));
    }

    /** The codes and words are those of libvirt's test driver, tried with virsh 9.0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<foo/> | 27 | expecting root element of 'domainsnapshot', not 'foo'",
                "<domainsnapshot/> | 27 | a redefined snapshot must have a name",
                "<domainsnapshot><name>x</name></domainsnapshot> | 27 | missing domain in snapshot",
            })
    void parse_whenSomethingIsMissing_isRefusedAsLibvirtDoes(String xml, int code, String words) {
        refused(code, words, () -> SnapshotDocument.parse(xml));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<state>running</state> | <state>foo</state> | 67 | Invalid state 'foo' in domain snapshot XML",
                "<state>running</state> | '' | 27 | missing state from existing snapshot",
                "<creationTime>1700000000</creationTime> | '' | 1 | missing creationTime from existing snapshot",
                "<creationTime>1700000000< | <creationTime>soon< | 1 | missing creationTime from existing snapshot",
                "<disk name='vda' | <disk | 1 | missing name from disk snapshot element",
                "snapshot='internal' | snapshot='bad' | 27 | Invalid value for attribute 'snapshot' in element 'disk': 'bad'.",
            })
    void parse_whenAPartIsWrong_isRefusedAsLibvirtDoes(String part, String wrong, int code, String words) {
        String xml = document(Optional.empty(), Optional.empty()).toXml(true);
        refused(code, words, () -> SnapshotDocument.parse(xml.replace(part, wrong)));
    }

    @Test
    void request_whenEmpty_leavesEverythingOpen() {
        SnapshotRequest request = SnapshotRequest.parse("<domainsnapshot/>");
        assertEquals(new SnapshotRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of()), request);
    }

    @Test
    void request_whenNamesAreAbsurd_isRefused() {
        refused(
                27,
                "control character",
                () -> SnapshotRequest.parse("<domainsnapshot><name>a\nb</name></domainsnapshot>"));
        refused(
                27,
                "longer than 255",
                () -> SnapshotRequest.parse(
                        "<domainsnapshot><name>%s</name></domainsnapshot>".formatted("x".repeat(256))));
        refused(
                27,
                "in element 'memory': 'bad'",
                () -> SnapshotRequest.parse("<domainsnapshot><memory snapshot='bad'/></domainsnapshot>"));
    }

    @Test
    void request_whenValuesAreEmpty_isWhatLibvirtTakesThemFor() {
        assertEquals(
                SnapshotRequest.parse("<domainsnapshot/>"),
                SnapshotRequest.parse("<domainsnapshot><name></name><description/></domainsnapshot>"));
        refused(
                27,
                "Invalid value for attribute 'snapshot' in element 'memory': ''.",
                () -> SnapshotRequest.parse("<domainsnapshot><memory snapshot=''/></domainsnapshot>"));
        refused(
                27,
                "memory snapshot file path () must be absolute",
                () -> SnapshotRequest.parse("<domainsnapshot><memory snapshot='external' file=''/></domainsnapshot>"));
        refused(
                27,
                "Invalid value for attribute 'snapshot' in element 'disk': ''.",
                () -> SnapshotRequest.parse(
                        "<domainsnapshot><disks><disk name='vda' snapshot=''/></disks></domainsnapshot>"));
    }

    @Test
    void request_whenADiskHasASource_isExternalAsLibvirtTakesIt() {
        SnapshotRequest request = SnapshotRequest.parse(
                "<domainsnapshot><disks><disk name='vda'><source file='/x'/></disk></disks></domainsnapshot>");
        assertEquals(List.of(new SnapshotDisk("vda", Mode.EXTERNAL)), request.disks());
    }

    private static void refused(int code, String words, org.junit.jupiter.api.function.Executable call) {
        XmlException refused = assertThrows(XmlException.class, call);
        assertEquals(code, LibvirtCodes.of(refused), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
}
