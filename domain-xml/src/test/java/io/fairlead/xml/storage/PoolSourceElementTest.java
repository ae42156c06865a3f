package io.fairlead.xml.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolSourceElementTest {
    @Test
    void parse_ofWhatVirshSends_givesTheHost() {
        PoolSourceElement source = PoolSourceElement.parse("<source>\n  <host name='filer'/>\n</source>\n");
        assertEquals(Optional.of("filer"), source.host());
        assertEquals(Optional.empty(), source.directory());
        assertEquals(List.of(), source.devices());
    }

    @Test
    void parse_ofAnotherElement_isRefusedInLibvirtsWords() {
        XmlException refusal = assertThrows(XmlException.class, () -> PoolSourceElement.parse("<pool/>"));
        assertTrue(
                refusal.getMessage().contains("expecting root element of 'source', not 'pool'"), refusal.getMessage());
    }

    @Test
    void list_ofSourcesFound_isWhatLibvirtsClientsRead() {
        assertEquals(
                """
                <sources>
                  <source>
                    <host name='filer'/>
                    <dir path='/a &amp; b'/>
                    <format type='nfs'/>
                  </source>
                  <source>
                    <device path='/dev/vdb'/>
                  </source>
                </sources>
                """,
                PoolSourceElement.list(List.of(
                        PoolSourceElement.exported("filer", "/a & b", "nfs"), PoolSourceElement.device("/dev/vdb"))));
        assertEquals("<sources/>", PoolSourceElement.list(List.of()).strip());
    }
}
