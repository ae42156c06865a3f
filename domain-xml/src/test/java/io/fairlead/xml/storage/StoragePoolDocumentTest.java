package io.fairlead.xml.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.xml.schema.LibvirtSchemas;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePoolDocumentTest {
    private static final String DIR =
            """
            <pool type='dir'>
              <name>p1</name>
              <uuid>92e57dfd-8ad3-45a4-b721-5170452e5729</uuid>
              <capacity unit='bytes'>300</capacity>
              <allocation unit='bytes'>100</allocation>
              <available unit='bytes'>200</available>
              <source>
              </source>
              <target>
                <path>/srv/pool</path>
                <permissions>
                  <mode>0711</mode>
                  <owner>0</owner>
                  <group>0</group>
                </permissions>
              </target>
            </pool>
            """;

    @Test
    void toXml_whenActive_isWhatLibvirtPrints() {
        StoragePoolDocument pool = StoragePoolDocument.parse(
                "<pool type='dir'><name>p1</name><uuid>92e57dfd8ad345a4b7215170452e5729</uuid>"
                        + "<capacity>7</capacity><target><path>/srv//pool/</path></target></pool>");
        PermissionsElement found = new PermissionsElement(OptionalInt.of(0711), OptionalInt.of(0), OptionalInt.of(0));

        assertEquals(DIR, pool.toXml(new PoolNumbers(300, 100, 200), found));
    }

    @Test
    void parse_whenReadBack_isTheSame() {
        StoragePoolDocument pool = StoragePoolDocument.parse(DIR);
        assertEquals(pool, StoragePoolDocument.parse(pool.toXml()));
        assertEquals(0711, pool.permissions().mode().orElseThrow());
    }

    @Test
    void parse_whenItHoldsWhatWeDoNotKnow_keepsIt() {
        StoragePoolDocument pool = StoragePoolDocument.parse(
                "<pool type='netfs'><refresh><volume allocation='capacity'/></refresh><name>p</name><source><host name='h'/>"
                        + "<dir path='/e'/><protocol ver='4'/></source><target><path>/t</path></target></pool>");

        assertTrue(pool.toXml().contains("<volume allocation='capacity'/>"), pool.toXml());
        assertTrue(pool.toXml().contains("<protocol ver='4'/>"), pool.toXml());
        assertEquals("auto", pool.source().format().orElseThrow());
        assertEquals("h", pool.source().host().orElseThrow());
        assertEquals("/e", pool.source().directory().orElseThrow());
    }

    @Test
    void mountOptions_inLibvirtsNamespace_areRead() {
        StoragePoolDocument pool = StoragePoolDocument.parse(
                ("<pool type='netfs' xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'><name>p</name>"
                        + "<source><host name='h'/><dir path='/e'/><protocol ver='4.2'/></source><target><path>/t</path></target>"
                        + "<fs:mount_opts><fs:option name='sync'/><fs:option name='ro'/></fs:mount_opts></pool>"));

        assertEquals(List.of("sync", "ro"), pool.mountOptions());
        assertEquals("4.2", pool.source().protocolVersion().orElseThrow());
        assertEquals(pool, StoragePoolDocument.parse(pool.toXml()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <pool/>                                               | XML error: Missing required attribute 'type' in element 'pool'
                    <pool type='foo'/>                                    | XML error: Invalid value for attribute 'type' in element 'pool': 'foo'.
                    <pool type='dir'/>                                    | XML error: missing pool source name element
                    <pool type='dir'><name>a/b</name></pool>              | XML error: name a/b cannot contain '/'
                    <pool type='dir'><name>a</name></pool>                | XML error: missing storage pool target path
                    <pool type='dir'><name>a</name><uuid>x</uuid></pool>  | XML error: malformed uuid element
                    <pool type='dir'><name>a</name><source><protocol ver='3'/></source><target><path>/t</path></target></pool> | XML error: storage pool protocol ver unsupported for pool type 'dir'
                    <pool type='netfs'><name>a</name><source><protocol ver='3,x'/></source><target><path>/t</path></target></pool> | XML error: storage pool protocol ver '3,x' is malformed
                    <pool type='fs' xmlns:f='http://libvirt.org/schemas/storagepool/fs/1.0'><name>a</name><f:mount_opts><f:option/></f:mount_opts></pool> | XML error: no storage pool mount option name specified
                    <volume/>                                             | XML error: expecting root element of 'pool', not 'volume'
                    """)
    void parse_whenItContradictsTheFormat_saysWhatLibvirtSays(String xml, String message) {
        XmlException refusal = assertThrows(XmlException.class, () -> StoragePoolDocument.parse(xml));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void parse_whenTheNameHasALineFeed_isRefused() {
        XmlException refusal = assertThrows(
                XmlException.class, () -> StoragePoolDocument.parse("<pool type='dir'><name>a&#10;b</name></pool>"));
        assertEquals("invalid char in name: \n", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DIR,
                "<pool type='fs'><name>p</name><source><device path='/dev/x'/></source><target><path>/t</path></target></pool>",
                "<pool type='netfs'><name>p</name><source><host name='h'/><dir path='/e'/></source>"
                        + "<target><path>/t</path></target></pool>",
                "<pool type='netfs' xmlns:fs='http://libvirt.org/schemas/storagepool/fs/1.0'><name>p</name><source><host name='h'/>"
                        + "<dir path='/e'/><format type='nfs'/><protocol ver='4.2'/></source><target><path>/t</path></target>"
                        + "<fs:mount_opts><fs:option name='sync'/></fs:mount_opts></pool>"
            })
    void toXml_matchesLibvirtsSchema(String xml) {
        LibvirtSchemas schemas = new LibvirtSchemas(LibvirtSchemas.DIRECTORY);
        assumeTrue(
                schemas.has("storagepool.rng"), "skipped, because package libvirt0 with its schemas is not installed");
        StoragePoolDocument pool = StoragePoolDocument.parse(xml);

        schemas.validate("storagepool.rng", "pool", pool.toXml());
        schemas.validate("storagepool.rng", "pool", pool.toXml(PoolNumbers.NONE, PermissionsElement.NONE));
    }
}
