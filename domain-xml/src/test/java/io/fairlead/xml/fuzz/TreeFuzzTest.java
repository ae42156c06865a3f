package io.fairlead.xml.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import io.fairlead.xml.tree.XmlWriter;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text as XML: it is refused with its line, or keeps every node when it is printed and read again. */
class TreeFuzzTest {
    @MethodSource("seeds")
    @FuzzTest
    void text_whenRead_isRefusedOrKeepsItsNodes(byte[] input) {
        XmlElement tree;
        try {
            tree = XmlReader.read("fuzz", Seeds.text(input));
        } catch (XmlException refusal) {
            assertEquals(XmlErrorKind.XML_DETAIL, refusal.kind());
            assertFalse(refusal.getMessage().isBlank());
            return;
        }
        assertTrue(depth(tree) <= XmlReader.DEPTH_MAX);
        String printed = XmlWriter.document(tree);
        assertEquals(tree.withoutLayout(), XmlReader.read("again", printed).withoutLayout());
        assertEquals(printed, XmlWriter.document(XmlReader.read("again", printed)));
        assertEquals(
                tree.withoutLayout(),
                XmlReader.read("foreign", XmlWriter.foreign(tree)).withoutLayout());
    }

    private static int depth(XmlElement element) {
        return 1
                + element.elements().stream()
                        .mapToInt(TreeFuzzTest::depth)
                        .max()
                        .orElse(0);
    }

    static List<byte[]> seeds() {
        return Seeds.of(
                "<a b='1' c=\"&lt;&#10;&quot;\">text<d/><!-- e --><?f g?><![CDATA[<h>]]></a>",
                "<?xml version='1.0' encoding='UTF-8'?>\n<x:a xmlns:x='urn:x' xmlns='urn:y'><b xmlns=''/> <x:c/></x:a>\n",
                "<!DOCTYPE a [<!ENTITY e 'ee'>]><a>&e;</a>",
                "<metadata> <a xml:space='preserve'> <b/> </a> </metadata>",
                "<a>".repeat(XmlReader.DEPTH_MAX + 1));
    }
}
