package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.LiveDomainXml;
import io.fairlead.xml.domain.XmlFlags;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.nativeconfig.LxcExport;
import io.fairlead.xml.nativeconfig.LxcImport;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as a domain: it is refused in words, or its printed form reads as the same domain, in every form. */
class DomainFuzzTest {
    private static final DomainDefaults HOST = DomainDefaults.forArch("amd64");
    private static final XmlFlags PUBLIC = new XmlFlags(false, false);

    @MethodSource("definitions")
    @FuzzTest
    void definition_whenRead_isRefusedOrReadsTheSameOncePrinted(byte[] input) {
        DomainDocument document;
        try {
            document = DomainDocument.parse(Seeds.text(input), HOST);
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        requireStable(document);
        requireRead(document.toXml(PUBLIC));
        List<String> terminals = List.of("/dev/pts/3");
        requireRead(new LiveDomainXml(document, 1, "/machine", terminals).toXml(PUBLIC));
        exportAndImport(document);
    }

    @MethodSource("configurations")
    @FuzzTest
    void configuration_whenRead_isRefusedOrIsADomain(byte[] input) {
        try {
            requireStable(LxcImport.convert(Seeds.text(input), HOST));
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
        }
    }

    private static void requireStable(DomainDocument document) {
        String printed = document.toXml();
        DomainDocument again = DomainDocument.parse(printed, HOST);
        assertEquals(printed, again.toXml());
        assertEquals(document, again);
        assertEquals(document.definition(), again.definition());
    }

    private static void requireRead(String xml) {
        XmlReader.read("printed", xml);
    }

    /** A configuration written for lxc-tools must read back as the same one. */
    private static void exportAndImport(DomainDocument document) {
        String configuration;
        try {
            configuration = LxcExport.convert(document);
        } catch (XmlException refusal) {
            return; // lxc-tools has no key for it
        }
        assertEquals(configuration, LxcExport.convert(LxcImport.convert(configuration, HOST)));
    }

    static List<byte[]> definitions() {
        return Stream.of("golden", "foreign")
                .flatMap(kind -> Seeds.goldens(kind, "input.xml").stream())
                .toList();
    }

    static List<byte[]> configurations() {
        return Seeds.goldens("native", "config");
    }
}
