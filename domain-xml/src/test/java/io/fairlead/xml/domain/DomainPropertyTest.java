package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fairlead.test.RandomTest;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Definitions made of random pieces in random order, some of them unknown. */
class DomainPropertyTest {
    private static final List<String> PIECES = List.of(
            "<title>t</title>",
            "<description>d &amp; e</description>",
            "<metadata><m xmlns='urn:m'>x <b/> y</m><!-- c --></metadata>",
            "<currentMemory unit='MiB'>7</currentMemory>",
            "<memtune><soft_limit>5</soft_limit><hard_limit unit='MB'>9</hard_limit></memtune>",
            "<vcpu cpuset='1,0'>3</vcpu>",
            "<vcpu placement='auto' current='1'>2</vcpu>",
            "<cputune><quota>-1</quota><shares>3</shares><other/></cputune>",
            "<numatune><memory mode='preferred' nodeset='0'/></numatune>",
            "<numatune><memory placement='auto'/></numatune>",
            "<blkiotune><device><path>/a</path></device><weight>0</weight></blkiotune>",
            "<resource/>",
            "<resource><partition>/p</partition></resource>",
            "<idmap><gid start='0' target='1' count='2'/><uid start='0' target='1' count='2'/></idmap>",
            "<features><capabilities><mknod/></capabilities><pmu/><zzz/></features>",
            "<features>  </features>",
            "<clock offset='variable'><timer name='rtc'/></clock>",
            "<on_crash>preserve</on_crash>",
            "<unknown a='1'>\n <deep/> </unknown>",
            "<x:foreign xmlns:x='urn:x'>text</x:foreign>",
            "<!-- a comment -->",
            "<devices><emulator>/e</emulator><gadget/><!-- g --></devices>",
            "<devices><filesystem type='ram'><target dir='/r'/><source usage='9' units='M'/></filesystem></devices>",
            "<devices><interface type='bridge'><source bridge='b'/><ip address='::1'/></interface><console/></devices>",
            "<devices><disk><target dev='sda'/><source file='/f'/></disk><serial/></devices>",
            "<devices><hostdev type='usb'><source><vendor id='0x1'/><product id='2'/></source></hostdev></devices>",
            "<seclabel model='selinux'/>",
            "<lxc:namespace xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'>"
                    + "<lxc:shareuts type='pid' value='1'/></lxc:namespace>");

    private static final List<String> NEEDED = List.of(
            "<name>n</name>", "<memory>65536</memory>", "<os><init>/i</init><type>exe</type><initarg>a</initarg></os>");

    private static String definition(Random random) {
        List<String> pieces = new ArrayList<>(PIECES);
        Collections.shuffle(pieces, random);
        List<String> chosen = new ArrayList<>(pieces.subList(0, random.nextInt(11)));
        chosen.addAll(NEEDED);
        Collections.shuffle(chosen, random);
        return "<domain id='3' type='lxc'>\n" + String.join("\n", chosen) + "\n</domain>";
    }

    @RandomTest(tries = 1000)
    void parse_whenPrintedTextComesBack_changesNothing(long seed) {
        DomainDocument document = Definitions.parse(definition(new Random(seed)));

        assertEquals(document, Definitions.parse(document.toXml()));
        assertEquals(document.toXml(), Definitions.parse(document.toXml()).toXml());
    }

    @RandomTest(tries = 500)
    void parse_whenElementsAreUnknown_losesNone(long seed) {
        String xml = definition(new Random(seed));
        XmlElement before = XmlReader.read("t", xml);
        XmlElement after = Definitions.parse(xml).tree();

        for (String name : List.of("unknown", "x:foreign")) {
            assertEquals(named(before, name), named(after, name));
        }
        assertEquals(count(xml, "<!-- a comment -->"), count(XmlWriter.document(after), "<!-- a comment -->"));
    }

    private static long named(XmlElement element, String name) {
        return element.elements().stream()
                .filter(child -> child.name().equals(name))
                .count();
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    /** Broken in any way, a text gives a document or a refusal, never another failure. */
    @RandomTest(tries = 2000)
    void parse_whenTextIsDamaged_answersOrRefuses(long seed) {
        Random random = new Random(seed);
        StringBuilder damaged = new StringBuilder(definition(random));
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.setCharAt(at, "<>&'\"/09-x ".charAt(random.nextInt(11)));
                default -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 9)));
            }
        }
        try {
            DomainDocument document = Definitions.parse(damaged.toString());
            assertEquals(document, Definitions.parse(document.toXml()));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }
}
