package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.MetadataKind;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Metadata that a client attaches to a domain are refused, or come back the same, and leave a definition that reads as
 * it prints.
 *
 * <p>An input has lines: the kind's number and the prefix, the URI, then the text.
 */
class MetadataFuzzTest {
    private static final DomainDefaults HOST = DomainDefaults.forArch("amd64");
    private static final DomainDocument BARE = DomainDocument.parse(
            "<domain type='lxc'><name>a</name><uuid>8f1f2c54-4c2e-4a6b-9d53-2f0a6f1b7c00</uuid><memory>1</memory>"
                    + "<metadata><o:other xmlns:o='urn:o'>kept</o:other></metadata>"
                    + "<os><type>exe</type><init>/i</init></os></domain>",
            HOST);

    @MethodSource("seeds")
    @FuzzTest
    void metadata_whenAttached_isRefusedOrComesBack(byte[] input) {
        String[] lines = Seeds.text(input).split("\n", 3);
        if (lines.length < 3 || lines[0].isEmpty()) {
            return;
        }
        MetadataKind kind = MetadataKind.values()[lines[0].charAt(0) % MetadataKind.values().length];
        String prefix = lines[0].substring(1);
        String uri = lines[1];
        DomainDocument document;
        try {
            document = BARE.withMetadata(kind, lines[2], prefix, uri);
        } catch (XmlException refusal) {
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        assertEquals(document, DomainDocument.parse(document.toXml(), HOST));
        if (!lines[2].isEmpty()) {
            String shown = document.metadata(kind, uri);
            assertEquals(shown, BARE.withMetadata(kind, shown, prefix, uri).metadata(kind, uri));
        }
        assertEquals(BARE, document.withMetadata(kind, null, prefix, uri), "something is left once it is removed");
    }

    static List<byte[]> seeds() {
        return Seeds.of(
                "0\n\nan owner's words & signs",
                "1\n\na title",
                "2app\nurn:app\n<app a='1'><b/>text<c xmlns='urn:c'/></app>",
                "2app\nurn:app\n<x:app xmlns:x='urn:app'> <x:b y='&#10;'/><!-- c --></x:app>",
                "2a\nhttp://a.example/b?c#d\n<a><![CDATA[ <raw> ]]><?pi data?></a>");
    }
}
