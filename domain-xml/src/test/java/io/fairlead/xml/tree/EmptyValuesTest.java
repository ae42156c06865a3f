package io.fairlead.xml.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyValuesTest {
    private static final EmptyValues VALUES = EmptyValues.of(
            """
            a | x | b | kind | size
            a/c | y |||
            */d || e ||
            """);

    private static String applied(String xml) {
        return XmlWriter.document(VALUES.apply(XmlReader.read("test", xml))).replaceAll("\\n *", "");
    }

    @Test
    void apply_whenEmptyValuesCountAsAbsent_dropsThem() {
        assertEquals("<a><c/><f><d/></f></a>", applied("<a x=''><b/><b unit='k'></b><c y=''/><f><d><e/></d></f></a>"));
    }

    @Test
    void apply_whenTheyAreNotInTheTable_keepsThem() {
        assertEquals("<a z=''><c x=''/><e/></a>", applied("<a z=''><c x=''/><e/></a>"));
    }

    @Test
    void apply_whenNothingIsEmpty_givesTheSameTree() {
        XmlElement tree = XmlReader.read("test", "<a x='1'><b>2</b><c y='3'/></a>");

        assertSame(tree, VALUES.apply(tree));
    }

    @Test
    void apply_whenTheElementsAreNotLibvirts_leavesThemAlone() {
        XmlElement tree = XmlReader.read(
                "test", "<a><metadata><o:d xmlns:o='urn:o'><o:e/></o:d></metadata><p:b xmlns:p='urn:p' x=''/></a>");

        assertSame(tree, VALUES.apply(tree));
    }

    @Test
    void apply_whenAChoiceOrANumberIsEmpty_refusesInLibvirtsWords() {
        assertEquals(
                "XML error: Invalid value for attribute 'kind' in element 'a': ''.",
                assertThrows(XmlException.class, () -> applied("<a kind=''/>")).getMessage());
        assertEquals(
                "XML error: Invalid value for attribute 'size' in element 'a': ''. Expected non-negative integer value",
                assertThrows(XmlException.class, () -> applied("<a size=''/>")).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a | x", "a ||||\na ||||"})
    void of_whenTheTableIsWrong_isRefused(String table) {
        assertThrows(IllegalArgumentException.class, () -> EmptyValues.of(table));
    }
}
