package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.facts.FactsMetadata;
import io.fairlead.xml.nativeconfig.LxcImport;
import io.fairlead.xml.snapshot.SnapshotRequest;
import io.fairlead.xml.storage.StoragePoolDocument;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts of the greatest length on the wire, made of one repeated part, take time and memory in proportion. Fuzzing with
 * short inputs does not see that. Time is the processor's, so that other work on the machine does not count.
 */
class LargeInputTest {
    private static final long SECONDS_MAX = 10; // a quadratic algorithm takes minutes
    private static final DomainDefaults HOST = DomainDefaults.forArch("amd64");

    static Stream<Arguments> texts() {
        String os = "<os><type>exe</type><init>/i</init></os>";
        String head = "<domain type='lxc'><name>a</name><memory>1</memory>" + os;
        Consumer<String> domain = text -> DomainDocument.parse(text, HOST).toXml();
        Consumer<String> pool = text -> StoragePoolDocument.parse(text).toXml();
        Consumer<String> config = text -> LxcImport.convert(text, HOST).toXml();
        Consumer<String> facts = text -> FactsMetadata.element(FactsMetadata.read(XmlReader.read("facts", text)));
        String box = "<container xmlns='%s'>".formatted(FactsMetadata.NAMESPACE);
        String poolHead = "<pool type='dir'><name>a</name><target><path>/a</path></target>";
        String least = "lxc.uts.name = a\nlxc.rootfs.path = /r\n";
        return Stream.of(
                Arguments.of(
                        "devices",
                        domain,
                        head + "<devices>",
                        "<filesystem><source dir='/a'/><target dir='/b'/></filesystem>",
                        "</devices></domain>"),
                Arguments.of("unknown devices", domain, head + "<devices>", "<x/>", "</devices></domain>"),
                Arguments.of("devices elements", domain, head, "<devices><console/></devices>", "</domain>"),
                Arguments.of(
                        "interfaces",
                        domain,
                        head + "<devices>",
                        "<interface type='network'><source network='n'/></interface>",
                        "</devices></domain>"),
                Arguments.of(
                        "disks",
                        domain,
                        head + "<devices>",
                        "<disk><source file='/f'/><target dev='sda'/></disk>",
                        "</devices></domain>"),
                Arguments.of("arguments", domain, head.replace("</os>", ""), "<initarg>a</initarg>", "</os></domain>"),
                Arguments.of("unknown elements", domain, head, "<x/>", "</domain>"),
                Arguments.of("names", domain, head, "<name>b</name>", "</domain>"),
                Arguments.of(
                        "ranges",
                        domain,
                        head + "<idmap>",
                        "<uid start='0' target='1' count='2'/>",
                        "</idmap></domain>"),
                Arguments.of(
                        "weights",
                        domain,
                        head + "<blkiotune>",
                        "<device><path>/a</path><weight>100</weight></device>",
                        "</blkiotune></domain>"),
                Arguments.of(
                        "capabilities",
                        domain,
                        head + "<features><capabilities>",
                        "<mknod/>",
                        "</capabilities></features></domain>"),
                Arguments.of("labels", domain, head, "<seclabel type='none'/>", "</domain>"),
                Arguments.of("timers", domain, head + "<clock>", "<timer name='rtc'/>", "</clock></domain>"),
                Arguments.of("processors", domain, head + "<vcpu cpuset='0", ",0-16383,^7", "'>1</vcpu></domain>"),
                Arguments.of(
                        "partition", domain, head + "<resource><partition>", "/a", "</partition></resource></domain>"),
                Arguments.of("comments", domain, head, "<!--a-->", "</domain>"),
                Arguments.of("character references", domain, head + "<title>", "&#97;", "</title></domain>"),
                Arguments.of("metadata", domain, head + "<metadata>", "<x:a xmlns:x='urn:x'/>", "</metadata></domain>"),
                Arguments.of("labels of facts", facts, box, "<label name='a' value='b'/>", "</container>"),
                Arguments.of("value of a label", facts, box + "<label name='a' value='", "b&#10;", "'/></container>"),
                Arguments.of("id of an image", facts, box + "<image name='a' id='", "a.", ":0'/></container>"),
                Arguments.of("path of a volume", facts, box + "<volume name='a' path='/", "a&#10;", "'/></container>"),
                Arguments.of(
                        "time of a check", facts, box + "<health check='none' interval='PT", "1", "S'/></container>"),
                Arguments.of(
                        "words of a check",
                        facts,
                        box + "<health check='command'>",
                        "<word value='a'/>",
                        "</health></container>"),
                Arguments.of("no facts", facts, box, "<x/>", "</container>"),
                Arguments.of("pool devices", pool, poolHead + "<source>", "<device path='/a'/>", "</source></pool>"),
                Arguments.of(
                        "pool path",
                        pool,
                        "<pool type='dir'><name>a</name><target><path>",
                        "/",
                        "</path></target></pool>"),
                Arguments.of("pool parts", pool, poolHead, "<x/>", "</pool>"),
                Arguments.of(
                        "snapshot disks",
                        (Consumer<String>) SnapshotRequest::parse,
                        "<domainsnapshot><disks>",
                        "<disk name='a'/>",
                        "</disks></domainsnapshot>"),
                Arguments.of("variables", config, least, "lxc.environment=a=b\n", ""),
                Arguments.of("arguments of init", config, least + "lxc.init.cmd =", " a", "\n"),
                Arguments.of("mounts", config, least, "lxc.mount.entry = a b none bind\n", ""),
                Arguments.of("networks", config, least, "lxc.net.0.type = veth\nlxc.net.1.type=veth\n", ""),
                Arguments.of("legacy networks", config, least, "lxc.network.type = veth\n", ""),
                Arguments.of(
                        "addresses",
                        config,
                        least + "lxc.net.0.type = veth\nlxc.net.0.link = b\n",
                        "lxc.net.0.ipv4.address = 10.0.0.1/8\n",
                        ""),
                Arguments.of("maps", config, least, "lxc.idmap = u 0 1 2\n", ""),
                Arguments.of("limits", config, least, "lxc.cgroup.blkio.throttle.read_bps_device = 8:0 1\n", ""),
                Arguments.of("dropped", config, least + "lxc.cap.drop = ", "a ", "\n"),
                Arguments.of("unknown keys", config, least, "a=b\n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void text_whenOnePartComesAgainAndAgain_takesTimeInProportion(
            String name, Consumer<String> read, String before, String part, String after) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String text =
                before + part.repeat(times(part, XmlReader.LENGTH_MAX - before.length() - after.length())) + after;
        long start = threads.getCurrentThreadCpuTime();
        try {
            read.accept(text);
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
        long seconds = (threads.getCurrentThreadCpuTime() - start) / 1_000_000_000L;
        assertTrue(seconds < SECONDS_MAX, "%s took %d s of processor time".formatted(name, seconds));
    }

    /** As often as there is room, except for parts whose number is limited and checked before any work on them. */
    private static int times(String part, int room) {
        int elements = part.split("<[a-z]", -1).length - 1;
        int lines = part.split("\n", -1).length - 1;
        int times = room / part.length();
        times = elements == 0 ? times : Math.min(times, (XmlReader.ELEMENTS_MAX - 100) / elements);
        return lines == 0 ? times : Math.min(times, 9_900 / lines);
    }
}
