package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Volumes of a directory pool, as virsh drives them. */
class StorageVolumeTest {
    private static final int MIB = 1 << 20;

    @Case
    void volume_throughItsLife_isWhatEachCommandSays(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "10M");
        String path = folder.resolve("v1").toString();

        assertEquals(10L * MIB, Files.size(folder.resolve("v1")));
        assertEquals(path, virsh.ok("vol-path", "v1", "p1"));
        assertEquals(path, virsh.ok("vol-key", "v1", "p1"));
        assertEquals("v1", virsh.ok("vol-name", path));
        assertEquals("p1", virsh.ok("vol-pool", path));
        String info = virsh.ok("vol-info", "v1", "p1", "--bytes");
        assertTrue(info.contains("Type:           file") && info.contains("Capacity:       10485760 bytes"), info);
        assertTrue(virsh.ok("vol-info", "v1", "p1", "--physical").contains("Physical:       10.00 MiB"));
        assertTrue(virsh.ok("vol-list", "p1", "--details").matches("v1 +\\S+ +file +10.00 MiB +10.00 MiB"));
        assertTrue(virsh.refused("vol-create-as", "p1", "v1", "1M").contains("storage volume 'v1' exists already"));

        virsh.ok("vol-delete", "v1", "p1");

        assertFalse(Files.exists(folder.resolve("v1")));
        assertTrue(virsh.refused("vol-info", "v1", "p1").contains("failed to get vol 'v1'"));
    }

    @Case
    void dumpxml_whenAFile_isTheSameButForItsBirth(Server server) {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "10M", "--allocation", "4M");
        String path = folder.resolve("v1").toString();
        String[] times = Command.of("stat", "-c", "%.9X %.9Y %.9Z", path)
                .run()
                .orFail()
                .strip()
                .split(" ");

        assertEquals(
                """
                <volume type='file'>
                  <name>v1</name>
                  <key>%s</key>
                  <capacity unit='bytes'>10485760</capacity>
                  <allocation unit='bytes'>4194304</allocation>
                  <physical unit='bytes'>10485760</physical>
                  <target>
                    <path>%s</path>
                    <format type='raw'/>
                    <permissions>
                      <mode>0600</mode>
                      <owner>0</owner>
                      <group>0</group>
                    </permissions>
                    <timestamps>
                      <atime>%s</atime>
                      <mtime>%s</mtime>
                      <ctime>%s</ctime>
                    </timestamps>
                  </target>
                </volume>"""
                        .formatted(path, path, times[0], times[1], times[2]),
                virsh.ok("vol-dumpxml", "v1", "p1").replaceFirst(" *<btime>.*</btime>\n", "")); // libvirt's is 0
    }

    @Case
    void create_whenFromXml_appliesPermissionsAndUnits(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        Path file = server.directory().resolve("vol.xml");
        Files.writeString(
                file,
                """
                <volume>
                  <name>v1</name>
                  <capacity unit='KiB'>512</capacity>
                  <allocation>0</allocation>
                  <target>
                    <permissions><mode>0640</mode><owner>7</owner><group>8</group></permissions>
                  </target>
                </volume>
                """);

        virsh.ok("vol-create", "p1", file.toString());

        String xml = virsh.ok("vol-dumpxml", "v1", "p1");
        assertTrue(xml.contains("<capacity unit='bytes'>524288<") && xml.contains("<allocation unit='bytes'>0<"), xml);
        assertTrue(
                xml.contains("<mode>0640</mode>")
                        && xml.contains("<owner>7</owner>")
                        && xml.contains("<group>8</group>"),
                xml);
    }

    @Case
    void create_whenTheRequestIsBad_isRefusedAndLeavesNothing(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        for (String name : new String[] {"../x", "a/b", ".."}) {
            virsh.refused("vol-create-as", "p1", name, "1M");
        }
        assertTrue(
                virsh.refused("vol-create-as", "p1", "../x", "1M").contains("volume name '../x' cannot contain '/'"));
        assertTrue(virsh.refused("vol-create-as", "p1", "huge", "8E").contains("numerical overflow: value too large"));
        virsh.refused("vol-create-as", "p1", "huge", "100P");
        assertTrue(virsh.refused("vol-create-as", "p1", "q", "1M", "--format", "foo")
                .contains("unsupported configuration: unknown volume format type foo"));
        Path xml = server.directory().resolve("negative.xml");
        Files.writeString(xml, "<volume><name>n</name><capacity>-5</capacity></volume>");
        virsh.refused("vol-create", "p1", xml.toString());
        for (String size : new String[] {"", "<capacity/>", "<allocation>1000</allocation>"}) {
            Files.writeString(xml, "<volume><name>n</name>%s</volume>".formatted(size));
            assertTrue(
                    virsh.refused("vol-create", "p1", xml.toString()).contains("XML error: missing capacity element"));
        }

        assertEquals("", virsh.ok("vol-list", "p1"));
        try (var entries = Files.list(folder)) {
            assertEquals(0, entries.count());
        }
    }

    @Case
    void clone_whenEitherIsWrittenLater_keepsTheOther(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        Files.write(folder.resolve("v1"), filled(MIB, 1));

        virsh.ok("vol-clone", "v1", "c1", "--pool", "p1");
        Files.write(folder.resolve("v1"), filled(MIB, 2));

        assertArrayEquals(filled(MIB, 1), Files.readAllBytes(folder.resolve("c1")));
        assertTrue(virsh.refused("vol-clone", "v1", "c1", "--pool", "p1")
                .contains("storage volume name 'c1' already in use."));
    }

    @Case
    void createFrom_whenTheOriginIsInAnotherPool_copies(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path from = StoragePoolTest.started(server, "p1");
        Path into = StoragePoolTest.started(server, "p2");
        virsh.ok("vol-create-as", "p1", "v1", "2M", "--allocation", "0");
        byte[] content = new byte[2 * MIB];
        new Random(1).nextBytes(content);
        Files.write(from.resolve("v1"), content);
        Path xml = server.directory().resolve("copy.xml");
        Files.writeString(xml, "<volume><name>copy</name><capacity>1</capacity></volume>");

        virsh.ok("vol-create-from", "p2", xml.toString(), "v1", "--inputpool", "p1");

        assertArrayEquals(content, Files.readAllBytes(into.resolve("copy")));
    }

    @Case
    void resize_whenGrownOrShrunk_followsTheRules(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "4M", "--allocation", "0");

        virsh.ok("vol-resize", "v1", "8M", "p1");
        assertEquals(8L * MIB, Files.size(folder.resolve("v1")));
        virsh.ok("vol-resize", "v1", "1M", "p1", "--delta");
        assertEquals(9L * MIB, Files.size(folder.resolve("v1")));
        assertTrue(virsh.refused("vol-resize", "v1", "2M", "p1")
                .contains("Can't shrink capacity below current capacity unless shrink flag explicitly specified"));
        virsh.ok("vol-resize", "v1", "2M", "p1", "--shrink");
        assertEquals(2L * MIB, Files.size(folder.resolve("v1")));
        virsh.ok("vol-resize", "v1", "3M", "p1", "--allocate");
        assertTrue(virsh.refused("vol-resize", "v1", "1M", "p1", "--shrink")
                .contains("can't shrink capacity below existing allocation"));
    }

    @Case
    void wipe_whenWritten_leavesZeros(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        Files.write(folder.resolve("v1"), filled(MIB, 9));

        virsh.ok("vol-wipe", "v1", "p1");

        assertArrayEquals(new byte[MIB], Files.readAllBytes(folder.resolve("v1")));
        assertTrue(virsh.refused("vol-wipe", "v1", "p1", "--algorithm", "trim")
                .contains("argument unsupported: 'trim' algorithm not supported"));
    }

    @Case
    void wipe_byAPattern_leavesNothingOfTheContent(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        for (String pattern : new String[] {"nnsa", "random"}) {
            Files.write(folder.resolve("v1"), filled(MIB, 9));

            virsh.ok("vol-wipe", "v1", "p1", "--algorithm", pattern);

            byte[] left = Files.readAllBytes(folder.resolve("v1"));
            assertEquals(MIB, left.length);
            assertFalse(Arrays.equals(filled(4096, 9), Arrays.copyOf(left, 4096)));
        }
    }

    @Case
    void delete_whenItsFileIsGone_forgetsTheVolume(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        Files.delete(folder.resolve("v1"));

        virsh.ok("vol-delete", "v1", "p1");

        assertEquals("", virsh.ok("vol-list", "p1"));
    }

    @Case
    void lookups_whenPathsAreWrittenInOtherWays_findWhatLibvirtFinds(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        Path link = Files.createSymbolicLink(server.directory().resolve("link-" + folder.getFileName()), folder);
        virsh.ok("vol-create-as", "p1", "v1", "1M");
        String path = folder.resolve("v1").toString();

        assertEquals(path, virsh.ok("vol-key", path.replace("/", "//").substring(1)));
        assertEquals("v1", virsh.ok("vol-name", path + "/"));
        for (String wrong :
                new String[] {folder + "/./v1", folder + "/../" + folder.getFileName() + "/v1", link + "/v1"}) {
            virsh.refused("vol-name", wrong);
        }
        virsh.ok("pool-destroy", "p1");
        virsh.ok("pool-undefine", "p1");

        virsh.ok("pool-define-as", "p2", "dir", "--target", link.toString());
        virsh.ok("pool-start", "p2");
        assertEquals(link + "/v1", virsh.ok("vol-path", "v1", "p2"));
        assertEquals(link + "/v1", virsh.ok("vol-key", "v1", "p2"));
        assertEquals("p2", virsh.ok("vol-pool", link + "//v1"));
        Files.delete(link);
    }

    @Case
    void uploadAndDownload_whenPlain_carryEveryByte(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        byte[] content = new byte[3 * MIB + 17];
        new Random(2).nextBytes(content);
        Path in = server.directory().resolve("in");
        Path out = server.directory().resolve("out-file");
        Files.write(in, content);
        virsh.ok("vol-create-as", "p1", "v1", Integer.toString(content.length));

        virsh.ok("vol-upload", "v1", in.toString(), "p1");
        virsh.ok("vol-download", "v1", out.toString(), "p1");

        assertArrayEquals(content, Files.readAllBytes(out));
        virsh.ok("vol-download", "v1", out.toString(), "p1", "--offset", "1000", "--length", "2000");
        assertArrayEquals(Arrays.copyOfRange(content, 1000, 3000), Files.readAllBytes(out));
    }

    @Case
    void uploadAndDownload_whenSparse_keepTheHoles(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        Path in = server.directory().resolve("sparse-in");
        Path out = server.directory().resolve("sparse-out");
        try (RandomAccessFile file = new RandomAccessFile(in.toFile(), "rw")) {
            file.setLength(64L * MIB);
            file.seek(16L * MIB);
            file.write(filled(4096, 3));
        }
        virsh.ok("vol-create-as", "p1", "v1", "64M", "--allocation", "0");

        virsh.ok("vol-upload", "v1", in.toString(), "p1", "--sparse");
        virsh.ok("vol-download", "v1", out.toString(), "p1", "--sparse");

        assertEquals(-1, Files.mismatch(in, folder.resolve("v1")));
        assertEquals(-1, Files.mismatch(in, out));
        assertTrue(((Number) Files.getAttribute(out, "unix:size")).longValue() == 64L * MIB);
        String info = virsh.ok("vol-info", "v1", "p1", "--bytes");
        assertTrue(info.matches("(?s).*Allocation: +[0-9]{1,7} bytes.*"), info);
    }

    @Case
    void upload_whenLongerThanDeclared_isRefused(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        Path in = server.directory().resolve("long");
        Files.write(in, filled(2 * MIB, 5));
        virsh.ok("vol-create-as", "p1", "v1", "4M");

        assertTrue(virsh.refused("vol-upload", "v1", in.toString(), "p1", "--length", "1000")
                .contains("cannot write to stream: No space left on device"));
        virsh.ok("vol-upload", "v1", in.toString(), "p1", "--length", "3000000");
        virsh.ok("vol-delete", "v1", "p1");
    }

    @Case
    void upload_whenItsClientForgetsTheStream_losesTheVolumeToWhoeverWantsIt(Server server) {
        StoragePoolTest.started(server, "p1");
        assertEquals(
                "deleted",
                Scripts.python(server, "forgotten_stream.py", "p1")
                        .run()
                        .orFail()
                        .strip());
    }

    @Case(notTheOracle = "its volumes grow with what is written to them")
    void upload_whenLongerThanTheVolume_isRefused(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        Path in = server.directory().resolve("longer");
        Files.write(in, filled(2 * MIB, 5));
        virsh.ok("vol-create-as", "p1", "v1", "1M");

        assertTrue(virsh.refused("vol-upload", "v1", in.toString(), "p1").contains("No space left on device"));
        assertEquals(MIB, Files.size(folder.resolve("v1")));
    }

    @Case(notTheOracle = "it makes an empty file of a copied folder")
    void tree_whenCloned_isFullAndGoesWithItsContent(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "base", "0", "--format", "dir");
        Files.createDirectory(folder.resolve("base/etc"));
        Files.writeString(folder.resolve("base/etc/hostname"), "base");

        virsh.ok("vol-clone", "base", "web", "--pool", "p1");
        virsh.ok("vol-clone", "web", "web2", "--pool", "p1");

        assertTrue(virsh.ok("vol-list", "p1", "--details").matches("(?s).*web2 +\\S+ +dir +.*"));
        virsh.ok("vol-delete", "base", "p1");
        virsh.ok("pool-destroy", "p1");
        virsh.ok("pool-start", "p1");
        virsh.ok("vol-delete", "web", "p1");
        virsh.ok("vol-delete", "web2", "p1");
        assertEquals("", virsh.ok("vol-list", "p1"));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
