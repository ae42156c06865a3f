package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.server.Server;
import io.fairlead.conformance.server.TestPool;
import java.util.List;
import java.util.Set;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.DomainSnapshot;
import org.libvirt.LibvirtException;

/**
 * Snapshots through other clients than virsh. Each walks the same way with libvirt's test driver, whose snapshots keep
 * nothing.
 */
@SuppressWarnings("try") // a pool is had, not used
class SnapshotClientsTest {
    private static final String TEST_DRIVER = "test:///default";

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void java_whenSnapshotsAreWalked_agrees(Server server) throws LibvirtException {
        try (TestPool pool = SnapshotTest.prepared(server)) {
            for (String uri : List.of(TEST_DRIVER, server.uri())) {
                Connect connect = new Connect(uri);
                try {
                    walk(connect.domainLookupByName("test"));
                } finally {
                    connect.close();
                }
            }
            SnapshotTest.done(server);
        }
    }

    private static void walk(Domain domain) throws LibvirtException {
        assertEquals(0, domain.snapshotNum());
        assertEquals(0, domain.hasCurrentSnapshot());
        DomainSnapshot first = domain.snapshotCreateXML(
                "<domainsnapshot><name>s1</name><description>first</description></domainsnapshot>");
        domain.snapshotCreateXML("<domainsnapshot><name>s2</name></domainsnapshot>", 0);

        assertEquals(2, domain.snapshotNum());
        assertEquals(Set.of("s1", "s2"), Set.of(domain.snapshotListNames()));
        assertEquals(1, domain.hasCurrentSnapshot());
        assertTrue(first.getXMLDesc().contains("<description>first</description>"));
        String second = domain.snapshotLookupByName("s2").getXMLDesc();
        assertTrue(second.matches("(?s).*<parent>\\s*<name>s1</name>\\s*</parent>.*"), second);
        assertEquals(second, domain.snapshotCurrent().getXMLDesc());
        domain.revertToSnapshot(first);
        assertEquals(first.getXMLDesc(), domain.snapshotCurrent().getXMLDesc());
        String refusal = assertThrows(LibvirtException.class, () -> domain.snapshotLookupByName("nope"))
                .getMessage();
        assertTrue(refusal.contains("no domain snapshot with matching name 'nope'"), refusal);
        first.delete(0);
        assertEquals(List.of("s2"), List.of(domain.snapshotListNames()));
        domain.snapshotLookupByName("s2").delete(0);
        assertEquals(0, domain.snapshotNum());
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void python_whenSnapshotsAreWalked_agrees(Server server) {
        agrees(server, "/usr/bin/python3", "snapshots.py");
    }

    @Case(notTheOracle = VolumeCases.NOT_THERE)
    void perl_whenSnapshotsAreWalked_agrees(Server server) {
        agrees(server, "/usr/bin/perl", "snapshots.pl");
    }

    private static void agrees(Server server, String interpreter, String script) {
        try (TestPool pool = SnapshotTest.prepared(server)) {
            for (String uri : List.of(TEST_DRIVER, server.uri())) {
                assertEquals(
                        "walked",
                        Scripts.command(interpreter, uri, server.directory(), script)
                                .run()
                                .orFail(),
                        uri);
            }
            SnapshotTest.done(server);
        }
    }
}
