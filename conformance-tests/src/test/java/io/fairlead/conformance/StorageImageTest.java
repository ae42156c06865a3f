package io.fairlead.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.conformance.client.Command;
import io.fairlead.conformance.client.Virsh;
import io.fairlead.conformance.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Volumes of qcow2 and other formats in directory pools, by qemu-img (Debian: qemu-utils). */
class StorageImageTest {
    private static final int MIB = 1 << 20;

    private static long number(String xml, String element) {
        Matcher found =
                Pattern.compile("<" + element + " unit='(?:bytes|B)'>(\\d+)<").matcher(xml);
        assertTrue(found.find(), xml);
        return Long.parseLong(found.group(1));
    }

    private static String format(String xml) {
        Matcher found = Pattern.compile("<format type='(\\w+)'/>").matcher(xml);
        assertTrue(found.find(), xml);
        return found.group(1);
    }

    private static byte[] content() {
        byte[] bytes = new byte[2 * MIB];
        Arrays.fill(bytes, MIB, MIB + 4096, (byte) 7);
        return bytes;
    }

    @Case
    void create_ofEachFormat_makesAnImageThatIsKnownAgain(Server server) {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        for (String format : List.of("qcow2", "qcow", "qed", "vmdk", "vpc", "vdi")) {
            String name = "v-" + format;
            virsh.ok("vol-create-as", "p1", name, "4M", "--format", format);
            virsh.ok("pool-refresh", "p1");

            String xml = virsh.ok("vol-dumpxml", name, "p1");
            assertEquals(format, format(xml));
            assertTrue(number(xml, "capacity") >= 4L * MIB && number(xml, "capacity") < 5L * MIB, xml);
            assertEquals(folder.resolve(name).toFile().length(), number(xml, "physical"));
            assertTrue(virsh.ok("vol-info", name, "p1", "--physical", "--bytes")
                    .contains("Physical:       %d bytes".formatted(number(xml, "physical"))));
            assertTrue(Command.of(
                                    "qemu-img",
                                    "check",
                                    "-f",
                                    format,
                                    folder.resolve(name).toString())
                            .run()
                            .exit()
                    != 1);
        }
    }

    @Case
    void dumpxml_ofQcow2_showsWhatWasAskedFor(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        Path xml = server.directory().resolve("image.xml");
        Files.writeString(
                xml,
                """
                <volume><name>v1</name><capacity unit='MiB'>4</capacity><target><format type='qcow2'/>
                <compat>1.1</compat><clusterSize unit='KiB'>128</clusterSize><features><lazy_refcounts/></features>
                </target></volume>""");
        virsh.ok("vol-create", "p1", xml.toString());
        virsh.ok("pool-refresh", "p1");

        String shown = virsh.ok("vol-dumpxml", "v1", "p1").replaceAll("\\s+", "");
        assertTrue(
                shown.contains("<compat>1.1</compat><clusterSizeunit='B'>131072</clusterSize>"
                        + "<features><lazy_refcounts/></features></target>"),
                shown);
    }

    @Case
    void create_onABackingVolume_takesItsSizeAndShowsIt(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "base", "2M");
        Files.write(folder.resolve("base"), content());

        virsh.ok(
                "vol-create-as",
                "p1",
                "v1",
                "4M",
                "--format",
                "qcow2",
                "--backing-vol",
                "base",
                "--backing-vol-format",
                "raw");
        Path xml = server.directory().resolve("backed.xml");
        Files.writeString(
                xml,
                "<volume><name>v2</name><target><format type='qcow2'/></target><backingStore><path>%s</path></backingStore></volume>"
                        .formatted(folder.resolve("base")));
        virsh.ok("vol-create", "p1", xml.toString());
        virsh.ok("pool-refresh", "p1");

        String shown = virsh.ok("vol-dumpxml", "v1", "p1").replaceAll("\\s+", "");
        String below = "<backingStore><path>%s</path><formattype='raw'/>".formatted(folder.resolve("base"));
        assertTrue(shown.contains(below), shown);
        assertEquals(4L * MIB, number(virsh.ok("vol-dumpxml", "v1", "p1"), "capacity"));
        assertEquals(2L * MIB, number(virsh.ok("vol-dumpxml", "v2", "p1"), "capacity"));
        virsh.ok("vol-clone", "v2", "flat", "--pool", "p1");
        virsh.ok("pool-refresh", "p1"); // until then libvirt shows what it was asked for
        assertFalse(virsh.ok("vol-dumpxml", "flat", "p1").contains("backingStore"));
        Files.writeString(
                xml, "<volume><name>raw</name><capacity>1</capacity><target><format type='raw'/></target></volume>");
        virsh.ok("vol-create-from", "p1", xml.toString(), "flat", "--inputpool", "p1");
        assertArrayEquals(content(), Files.readAllBytes(folder.resolve("raw")));
    }

    @Case
    void createFrom_whenTheFormatsDiffer_converts(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        Path other = StoragePoolTest.started(server, "p2");
        virsh.ok("vol-create-as", "p1", "raw", "2M");
        Files.write(folder.resolve("raw"), content());
        Path xml = server.directory().resolve("convert.xml");
        for (String format : List.of("qcow2", "vmdk", "qed", "vdi")) {
            Files.writeString(
                    xml,
                    "<volume><name>%s</name><capacity>1</capacity><target><format type='%s'/></target></volume>"
                            .formatted(format, format));
            virsh.ok("vol-create-from", "p1", xml.toString(), "raw", "--inputpool", "p1");
            assertEquals(format, format(virsh.ok("vol-dumpxml", format, "p1")));

            Files.writeString(
                    xml,
                    "<volume><name>back-%s</name><capacity>1</capacity><target><format type='raw'/></target></volume>"
                            .formatted(format));
            virsh.ok("vol-create-from", "p2", xml.toString(), format, "--inputpool", "p1");
            assertArrayEquals(content(), Files.readAllBytes(other.resolve("back-" + format)));
        }
        virsh.ok("vol-clone", "qcow2", "copy", "--pool", "p1");
        assertEquals("qcow2", format(virsh.ok("vol-dumpxml", "copy", "p1")));
    }

    @Case
    void resize_ofAnImage_changesTheDiskInIt(Server server) {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "4M", "--format", "qcow2");
        virsh.ok("vol-resize", "v1", "8M", "p1");
        assertEquals(8L * MIB, number(virsh.ok("vol-dumpxml", "v1", "p1"), "capacity"));
        assertTrue(virsh.refused("vol-resize", "v1", "2M", "p1")
                .contains("Can't shrink capacity below current capacity unless shrink flag explicitly specified"));
        virsh.ok("vol-resize", "v1", "2M", "p1", "--shrink");
        assertEquals(2L * MIB, number(virsh.ok("vol-dumpxml", "v1", "p1"), "capacity"));
        assertTrue(virsh.refused("vol-resize", "v1", "12M", "p1", "--allocate")
                .contains("preallocate is only supported for raw type volume"));
        virsh.ok("vol-create-as", "p1", "v2", "4M", "--format", "vmdk");
        assertTrue(
                virsh.refused("vol-resize", "v2", "8M", "p1").contains("Image format driver does not support resize"));
    }

    @Case
    void upload_ofAnImage_isNotCutToTheFileThatWasThere(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        byte[] full = new byte[3 * MIB];
        Arrays.fill(full, (byte) 5);
        Path raw = Files.write(server.directory().resolve("full"), full);
        Path image = server.directory().resolve("full.qcow2");
        Command.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), image.toString())
                .run()
                .orFail();
        virsh.ok("vol-create-as", "p1", "v1", "3M", "--format", "qcow2");

        virsh.ok("vol-upload", "v1", image.toString(), "p1");

        assertEquals(-1, Files.mismatch(image, folder.resolve("v1")));
        virsh.ok("pool-refresh", "p1");
        assertEquals(3L * MIB, number(virsh.ok("vol-dumpxml", "v1", "p1"), "capacity"));
        Files.delete(raw);
        Files.delete(image);
    }

    @Case
    void create_whenTheRequestMakesNoSense_isRefusedInLibvirtsWords(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "base", "1M");
        assertTrue(virsh.refused("vol-create-as", "p1", "v1", "1M", "--backing-vol", "base")
                .contains("backing storage not supported for raw volumes"));
        Path xml = server.directory().resolve("odd.xml");
        String[][] odd = {
            {"<compat>7</compat>", "forbidden characters in 'compat' attribute"},
            {
                "<compat>0.10</compat><features><lazy_refcounts/></features>",
                "lazy_refcounts not supported with compat level 0.10"
            },
            {"<compat>1.1</compat><features><foo/></features>", "unsupported feature foo"},
        };
        for (String[] one : odd) {
            Files.writeString(
                    xml,
                    "<volume><name>v1</name><capacity>1000000</capacity><target><format type='qcow2'/>%s</target></volume>"
                            .formatted(one[0]));
            String refusal = virsh.refused("vol-create", "p1", xml.toString());
            assertTrue(refusal.contains(one[1]), refusal);
        }
        Files.writeString(
                xml,
                "<volume><name>v1</name><capacity>1000000</capacity><target><format type='qcow2'/><encryption format='luks'/></target></volume>");
        virsh.refused("vol-create", "p1", xml.toString());
        virsh.refused("vol-create-as", "p1", "v1", "1M", "--format", "dmg");
        assertEquals(
                List.of("base"),
                virsh.ok("vol-list", "p1")
                        .lines()
                        .map(line -> line.strip().split(" ")[0])
                        .toList());
    }

    /** libvirt reads through it. */
    @Case(notTheOracle = "it has qemu-img read whatever file an image names")
    void image_thatNamesAFileOfTheHost_isShownButNotReadThrough(Server server) throws IOException {
        Virsh virsh = server.virsh();
        Path folder = StoragePoolTest.started(server, "p1");
        Path secret = Files.writeString(server.directory().resolve("secret"), "x".repeat(MIB));
        Path xml = server.directory().resolve("steal.xml");
        virsh.ok("vol-create-as", "p1", "v1", "1M", "--format", "qcow2");
        for (String below : List.of(
                secret.toString(), "json:{\"driver\":\"file\",\"filename\":\"%s\"}".formatted(secret), "nbd://h/x")) {
            Command.of(
                            "qemu-img",
                            "create",
                            "-q",
                            "-f",
                            "qcow2",
                            "-u",
                            "-b",
                            below,
                            "-F",
                            "raw",
                            folder.resolve("v1").toString(),
                            "1M")
                    .run()
                    .orFail();
            assertTrue(virsh.ok("vol-dumpxml", "v1", "p1").contains("<backingStore>"));
            Files.writeString(
                    xml, "<volume><name>c</name><capacity>1</capacity><target><format type='raw'/></target></volume>");
            for (String refusal : List.of(
                    virsh.refused("vol-clone", "v1", "c", "--pool", "p1"),
                    virsh.refused("vol-create-from", "p1", xml.toString(), "v1", "--inputpool", "p1"),
                    virsh.refused("vol-resize", "v1", "2M", "p1"))) {
                assertTrue(refusal.contains("which is no volume of an active pool: it is not read"), refusal);
            }
        }
        Command.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-o",
                        "data_file=%s,data_file_raw=on"
                                .formatted(server.directory().resolve("elsewhere")),
                        folder.resolve("v1").toString(),
                        "1M")
                .run()
                .orFail();
        String refusal = virsh.refused("vol-create-from", "p1", xml.toString(), "v1", "--inputpool", "p1");
        assertTrue(refusal.contains("lies in another file"), refusal);
        virsh.ok("vol-delete", "v1", "p1");
        Files.delete(secret);
    }

    @Case(notTheOracle = "its containers take no volumes")
    void container_withAnImageAsItsDisk_isRefusedByName(Server server) throws IOException {
        Virsh virsh = server.virsh();
        StoragePoolTest.started(server, "p1");
        virsh.ok("vol-create-as", "p1", "v1", "4M", "--format", "qcow2");
        Path xml = server.directory().resolve("guest.xml");
        Files.writeString(
                xml,
                """
                <domain type='lxc'><name>c1</name><memory unit='MiB'>64</memory><os><type>exe</type><init>/bin/sh</init></os>
                <devices><disk type='volume' device='disk'><source pool='p1' volume='v1'/><target dev='vda'/></disk></devices>
                </domain>""");
        virsh.ok("define", xml.toString());

        String refusal = virsh.refused("start", "c1");

        assertTrue(refusal.contains("volume 'v1' is of format 'qcow2', which a container cannot use"), refusal);
        virsh.ok("undefine", "c1");
    }
}
