package io.fairlead.libvirt.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.rpc.wire.RpcException;
import io.fairlead.xml.tree.XmlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotDocumentsTest {
    /** 35 is the origin of snapshots, 5 that of all readers of XML (virErrorDomain). */
    @ParameterizedTest
    @CsvSource({
        "<domainsnapshot>, 35, 35",
        "<domain/>, 27, 5",
        "<domainsnapshot><memory snapshot='odd'/></domainsnapshot>, 27, 5",
        "<domainsnapshot><memory snapshot='external' file='a'/></domainsnapshot>, 27, 35"
    })
    void request_whenItIsWrong_isRefusedWithTheOriginOfSnapshots(String xml, int code, int origin) {
        RpcException refusal = assertThrows(RpcException.class, () -> SnapshotDocuments.request(xml, false));

        assertEquals(code, refusal.error().code());
        assertEquals(origin, refusal.error().domain());
        assertInstanceOf(XmlException.class, refusal.getCause());
    }

    @ParameterizedTest
    @CsvSource({"<domainsnapshot/>, 27, 35", "<domain/>, 27, 5"})
    void redefined_whenItIsWrong_isRefusedWithTheOriginOfSnapshots(String xml, int code, int origin) {
        RpcException refusal = assertThrows(RpcException.class, () -> SnapshotDocuments.redefined(xml, false));

        assertEquals(code, refusal.error().code());
        assertEquals(origin, refusal.error().domain());
    }
}
