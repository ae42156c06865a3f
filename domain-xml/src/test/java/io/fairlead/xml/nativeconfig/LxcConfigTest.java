package io.fairlead.xml.nativeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.Goldens;
import io.fairlead.xml.LibvirtCodes;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LxcConfigTest {
    private static final DomainDefaults HOST = DomainDefaults.forArch("amd64");
    private static final String LEAST = "lxc.uts.name = a\nlxc.rootfs.path = /r\n";

    static Stream<Path> cases() {
        return Goldens.cases("native");
    }

    private static String withoutUuid(String xml) {
        return xml.replaceFirst("  <uuid>.*</uuid>\n", "");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void import_whenConfigurationIsLegal_givesTheDefinition(Path folder) {
        DomainDocument document = LxcImport.convert(Goldens.read(folder.resolve("config")), HOST);

        assertEquals(Goldens.read(folder.resolve("domain.xml")), withoutUuid(document.toXml()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lxc.arch =\n", "lxc.arch = zzz\n"})
    void text_whenNoArchitectureIsNamed_namesNone(String line) {
        assertTrue(LxcImport.text(LEAST + line, HOST).contains("<type>exe</type>"));
        assertEquals(
                "x86_64",
                LxcImport.convert(LEAST + line, HOST).definition().os().arch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86", "i686"})
    void text_whenAnArchitectureIsNamed_namesIt(String arch) {
        assertTrue(LxcImport.text(LEAST + "lxc.arch = %s\n".formatted(arch), HOST)
                .contains("<type arch='i686'>exe</type>"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void export_whenImportedAgain_describesTheSameContainer(Path folder) {
        DomainDocument document = LxcImport.convert(Goldens.read(folder.resolve("config")), HOST);

        String exported = LxcExport.convert(document);

        assertEquals(Goldens.read(folder.resolve("exported")), exported);
        assertEquals(
                withoutUuid(document.toXml()),
                withoutUuid(LxcImport.convert(exported, HOST).toXml()));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("lxc.uts.name = a\n", 1, "internal error: the configuration has no lxc.rootfs.path"),
                Arguments.of("lxc.rootfs.path = /r\n", 1, "internal error: the configuration has no lxc.uts.name"),
                Arguments.of(
                        LEAST + "lxc.mount = /x\n",
                        74,
                        "argument unsupported: lxc.mount.fstab or lxc.mount found, use lxc.mount.entry lines instead"),
                Arguments.of(
                        LEAST + "lxc.mount.fstab = /x\n",
                        74,
                        "argument unsupported: lxc.mount.fstab or lxc.mount found, use lxc.mount.entry lines instead"),
                Arguments.of(LEAST + "lxc.mount.entry = a b\n", 1, "internal error: invalid lxc.mount.entry: 'a b'"),
                Arguments.of(
                        LEAST + "lxc.mount.entry = tmpfs run tmpfs defaults 0 0\n",
                        1,
                        "internal error: missing tmpfs size, set the size option"),
                Arguments.of(
                        LEAST + "lxc.mount.entry = tmpfs run tmpfs size=5% 0 0\n",
                        1,
                        "internal error: can't convert relative size: '5%'"),
                Arguments.of(
                        LEAST + "lxc.mount.entry = tmpfs run tmpfs size=x 0 0\n",
                        1,
                        "internal error: failed to convert size: 'x'"),
                Arguments.of(
                        LEAST + "lxc.net.0.type = phys\n",
                        67,
                        "unsupported configuration: Missing 'link' attribute for NIC"),
                Arguments.of(
                        LEAST + "lxc.net.0.type = veth\nlxc.net.0.ipv4.address = 1.2.3.4\n",
                        8,
                        "invalid argument: Invalid CIDR address: '1.2.3.4'"),
                Arguments.of(
                        LEAST + "lxc.net.0.type = foo\n", 67, "unsupported configuration: unknown network type: foo"),
                Arguments.of(
                        LEAST + "lxc.net.0.type = veth\nlxc.net.0.foo = x\n",
                        67,
                        "unsupported configuration: unhandled network property: lxc.net.0.foo"),
                Arguments.of(
                        LEAST + "lxc.network.link = x\n",
                        1,
                        "internal error: lxc.network.link comes before lxc.network.type"),
                Arguments.of(LEAST + "lxc.tty.max = x\n", 1, "internal error: failed to parse int: 'x'"),
                Arguments.of(LEAST + "lxc.idmap = u 0 5\n", 1, "internal error: invalid lxc.idmap: 'u 0 5'"),
                Arguments.of(
                        LEAST + "lxc.cgroup.memory.limit_in_bytes = 5q\n",
                        1,
                        "internal error: failed to convert size: '5q'"),
                Arguments.of(LEAST + "lxc.cgroup.cpu.shares = x\n", 1, "internal error: failed to parse integer: 'x'"),
                Arguments.of(
                        LEAST + "lxc.cgroup.blkio.device_weight = 8:0\n",
                        1,
                        "internal error: invalid lxc.cgroup.blkio.device_weight value: '8:0'"),
                Arguments.of(
                        LEAST + "lxc.cgroup.blkio.device_weight = 8:0 x\n",
                        1,
                        "internal error: failed to parse device weight: 'x'"),
                Arguments.of(
                        LEAST + "foo\n",
                        33,
                        "configuration file syntax error: memory conf:3: expecting an assignment"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void import_whenConfigurationIsWrong_refuses(String config, int code, String message) {
        XmlException refusal = assertThrows(XmlException.class, () -> LxcImport.convert(config, HOST));

        assertEquals(message, refusal.getMessage());
        assertEquals(code, LibvirtCodes.of(refusal));
    }

    @Test
    void import_whenMemoryIsUnlimited_setsNoLimit() {
        DomainDocument document = LxcImport.convert(LEAST + "lxc.cgroup.memory.limit_in_bytes = -1\n", HOST);

        assertEquals(64L << 20, document.definition().memoryBytes());
        assertEquals(
                0, document.definition().memoryTune().hardLimitBytes().stream().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<disk><source file='/a'/><target dev='vda'/></disk>",
                "<hostdev mode='capabilities' type='misc'><source><char>/dev/fuse</char></source></hostdev>",
                "<interface type='network'><source network='d'/></interface>",
                "<interface type='direct'><source dev='eth0' mode='passthrough'/></interface>",
                "<filesystem type='template'><source name='t'/><target dir='/t'/></filesystem>",
                "<interface type='ethernet'><route address='10.0.0.0' prefix='8' gateway='10.0.0.1'/></interface>"
            })
    void export_whenLxcToolsHasNoKey_refusesInsteadOfLeavingOut(String device) {
        String xml = "<domain type='lxc'><name>a</name><memory>65536</memory><os><type>exe</type><init>/i</init></os>"
                + "<devices>" + device + "</devices></domain>";
        DomainDocument document = DomainDocument.parse(xml, HOST);

        assertEquals(
                XmlErrorKind.CONFIG_UNSUPPORTED,
                assertThrows(XmlException.class, () -> LxcExport.convert(document))
                        .kind());
    }

    @Test
    void mountEntry_whenPathsHoldSpaces_readsAndWritesThemInOctal() {
        String entry = "lxc.mount.entry = /my\\040files data\\134x none bind 0 0\n";

        DomainDocument document = LxcImport.convert(LEAST + entry, HOST);

        assertEquals(
                "/my files",
                document.definition().devices().filesystems().get(1).source());
        assertEquals(
                "/data\\x", document.definition().devices().filesystems().get(1).target());
        assertTrue(LxcExport.convert(document).contains(entry));
    }

    @Test
    void words_whenQuoted_comeBackAsTheyWere() {
        List<String> words = List.of("a", "two words", "it's", "", "\"q\"", "tab\there");

        assertEquals(
                words,
                LxcWords.split(
                        String.join(" ", words.stream().map(LxcWords::quote).toList())));
    }
}
