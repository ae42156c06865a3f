package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.server.Server;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StoragePoolInfo;
import org.libvirt.StorageVol;
import org.libvirt.StorageVolInfo;
import org.libvirt.Stream;

/** libvirt-java's pools and volumes. */
class JavaStorageTest {
    private static final int MIB = 1 << 20;

    @Case
    void poolAndVolumes_throughTheirLife_areWhatEachMethodSays(Server server) throws LibvirtException {
        Path folder = server.directory().resolve("java-" + UUID.randomUUID());
        Connect connect = new Connect(server.uri());
        try {
            StoragePool pool = connect.storagePoolDefineXML(
                    "<pool type='dir'><name>p1</name><target><path>%s</path></target></pool>".formatted(folder), 0);
            assertEquals(0, pool.isActive());
            pool.build(0);
            pool.create(0);
            pool.setAutostart(1);

            assertEquals(1, pool.isActive());
            assertEquals(1, pool.isPersistent());
            assertTrue(pool.getAutostart());
            StoragePoolInfo info = pool.getInfo();
            assertEquals(StoragePoolInfo.StoragePoolState.VIR_STORAGE_POOL_RUNNING, info.state);
            assertTrue(info.capacity > 0 && info.available <= info.capacity);
            volumes(connect, pool, folder);
            pool.refresh(0);
            pool.destroy();
            pool.delete(0);
            pool.undefine();
            assertEquals(
                    49,
                    assertThrows(LibvirtException.class, () -> connect.storagePoolLookupByName("p1"))
                            .getError()
                            .getCode()
                            .ordinal());
        } finally {
            connect.close();
        }
    }

    private static void volumes(Connect connect, StoragePool pool, Path folder) throws LibvirtException {
        StorageVol volume = pool.storageVolCreateXML(
                "<volume><name>v1</name><capacity unit='MiB'>3</capacity><allocation>0</allocation></volume>", 0);
        StorageVol copy =
                pool.storageVolCreateXMLFrom("<volume><name>v2</name><capacity>0</capacity></volume>", volume, 0);

        assertEquals(2, pool.numOfVolumes());
        assertEquals(Set.of("v1", "v2"), Set.of(pool.listVolumes()));
        assertEquals(folder.resolve("v1").toString(), volume.getKey());
        assertEquals("v1", connect.storageVolLookupByPath(volume.getPath()).getName());
        assertEquals("v1", connect.storageVolLookupByKey(volume.getKey()).getName());
        assertEquals("p1", volume.storagePoolLookupByVolume().getName());
        assertTrue(volume.getXMLDesc(0).contains("<capacity unit='bytes'>3145728</capacity>"));
        StorageVolInfo info = copy.getInfo();
        assertEquals(3L * MIB, info.capacity);
        assertArrayEquals(content(), throughStreams(connect, volume));
        volume.wipe();
        volume.resize(4L * MIB, 0);
        assertEquals(4L * MIB, volume.getInfo().capacity);
        volume.delete(0);
        copy.delete(0);
        assertArrayEquals(new String[0], pool.listVolumes());
    }

    private static byte[] throughStreams(Connect connect, StorageVol volume) throws LibvirtException {
        Stream up = connect.streamNew(0);
        volume.upload(up, MIB, 0, 0);
        up.send(content());
        up.finish();
        up.free();
        Stream down = connect.streamNew(0);
        byte[] back = new byte[content().length];
        volume.download(down, MIB, back.length, 0);
        byte[] piece = new byte[4096];
        int at = 0;
        for (int count = down.receive(piece); count > 0; count = down.receive(piece)) {
            System.arraycopy(piece, 0, back, at, count);
            at += count;
        }
        down.finish();
        down.free();
        assertEquals(back.length, at);
        return back;
    }

    private static byte[] content() {
        byte[] content = new byte[100_000];
        new Random(3).nextBytes(content);
        return content;
    }
}
