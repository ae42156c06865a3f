package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.storage.PermissionsElement;
import io.fairlead.xml.storage.PoolNumbers;
import io.fairlead.xml.storage.PoolSourceElement;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.storage.VolumeRequest;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text as a pool, a pool's source or a volume: it is refused in words, or its printed form reads as the same one.
 */
class StorageFuzzTest {
    private static final String UUID = "<uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00</uuid>";

    @MethodSource("pools")
    @FuzzTest
    void pool_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        StoragePoolDocument pool;
        try {
            pool = StoragePoolDocument.parse(Seeds.text(input));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        StoragePoolDocument again = StoragePoolDocument.parse(pool.toXml());
        assertEquals(pool.toXml(), again.toXml());
        assertEquals(facts(pool), facts(again));
        StoragePoolDocument shown = StoragePoolDocument.parse(pool.toXml(new PoolNumbers(3, 2, 1), pool.permissions()));
        assertEquals(facts(pool), facts(shown));
    }

    private static List<Object> facts(StoragePoolDocument pool) {
        PoolSourceElement source = pool.source();
        return List.of(
                pool.name(),
                pool.uuid(),
                pool.type(),
                pool.targetPath(),
                pool.permissions(),
                pool.mountOptions(),
                facts(source));
    }

    private static List<Object> facts(PoolSourceElement source) {
        return List.of(
                source.devices(),
                source.host(),
                source.hosts(),
                source.directory(),
                source.name(),
                source.format(),
                source.protocolVersion());
    }

    @MethodSource("sources")
    @FuzzTest
    void source_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        PoolSourceElement source;
        try {
            source = PoolSourceElement.parse(Seeds.text(input));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        String list = PoolSourceElement.list(List.of(source));
        String alone = list.substring(list.indexOf("<source", 1), list.lastIndexOf("</sources>"));
        assertEquals(facts(source), facts(PoolSourceElement.parse(alone)));
    }

    @MethodSource("volumes")
    @FuzzTest
    void volume_whenRead_isRefusedOrSensible(byte[] input) {
        try {
            VolumeRequest volume = VolumeRequest.parse(Seeds.text(input));
            assertFalse(volume.name().isEmpty());
            assertTrue(volume.capacityBytes().orElse(0) >= 0);
            assertTrue(volume.allocationBytes().orElse(0) >= 0);
            PermissionsElement permissions = volume.permissions();
            assertTrue(permissions.mode().orElse(0) >= 0 && permissions.mode().orElse(0) <= 07777);
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    static List<byte[]> pools() {
        return Seeds.of(
                "<pool type='dir'><name>a</name>" + UUID + "<target><path>//a//b/</path><permissions><mode>0711</mode>"
                        + "<owner>-1</owner><group>7</group><label>l</label></permissions></target></pool>",
                "<pool type='fs'><name>a</name>" + UUID + "<capacity unit='bytes'>1</capacity><source>"
                        + "<device path='/dev/sda1'/><format type='ext4'/></source><target><path>/a</path></target></pool>",
                "<pool type='netfs'>" + UUID + "<source><host name='h'/><dir path='/d'/><protocol ver='4.2'/>"
                        + "<name>n</name></source><target><path>/a</path></target>"
                        + "<f:mount_opts xmlns:f='http://libvirt.org/schemas/storagepool/fs/1.0'><f:option name='ro'/>"
                        + "</f:mount_opts><!-- c --><x:y xmlns:x='urn:x'/></pool>",
                "<pool type='logical'><name>a</name>" + UUID + "<source><name>vg</name><device path='/dev/a'/>"
                        + "<device path='/dev/b'/></source></pool>");
    }

    static List<byte[]> sources() {
        return Seeds.of("<source><host name='h'/><dir path='/d'/><format type='nfs'/><device path='/dev/a'/></source>");
    }

    static List<byte[]> volumes() {
        return Stream.of("bytes", "KiB", "e")
                .map(unit ->
                        "<volume><name>v</name><capacity unit='" + unit + "'>7</capacity><allocation>0</allocation>"
                                + "<target><format type='raw'/><permissions><mode>0600</mode><owner>0</owner></permissions>"
                                + "<encryption/></target><backingStore><path>/b</path></backingStore></volume>")
                .flatMap(text -> Seeds.of(text).stream())
                .toList();
    }
}
