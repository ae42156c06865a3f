package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileXmlTest {
    static Stream<Arguments> texts() {
        String entities = IntStream.range(1, 30)
                .mapToObj(i -> "<!ENTITY e%d '&e%d;&e%d;'>".formatted(i, i - 1, i - 1))
                .collect(Collectors.joining("", "<!DOCTYPE domain [<!ENTITY e0 'boom'>", "]>"));
        return Stream.of(
                Arguments.of("", "(domain_definition):1: Document is empty\n(null)\n^"),
                Arguments.of("hello", "(domain_definition):1: Start tag expected, '<' not found\nhello\n^"),
                Arguments.of("<a/><a/>", "(domain_definition):1: Extra content at the end of the document"),
                Arguments.of("<a>\n<b></a>", "(domain_definition):2: "),
                Arguments.of("<a>&unknown;</a>", "(domain_definition):1: "),
                Arguments.of("<domain type='lxc'><name>a", "(domain_definition):1: "),
                Arguments.of("<!DOCTYPE domain><domain/>", "document types are refused"),
                Arguments.of(entities + "<domain>&e29;</domain>", "document types are refused"),
                Arguments.of(
                        "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>",
                        "document types are refused"),
                Arguments.of("<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/d.dtd'><d/>", "document types are refused"),
                Arguments.of("<a>".repeat(65) + "</a>".repeat(65), "nested deeper than 64"),
                Arguments.of("<a>".repeat(1_000_000), "nested deeper than 64"),
                Arguments.of("<r>" + "<a/>".repeat(100_000) + "</r>", "more than 100000 elements"),
                Arguments.of(
                        "<r "
                                + IntStream.range(0, 257)
                                        .mapToObj(i -> "a" + i + "=''")
                                        .collect(Collectors.joining(" "))
                                + "/>",
                        "more than 256 attributes"),
                Arguments.of("<r>" + " ".repeat(XmlReader.LENGTH_MAX) + "</r>", "characters (expected: at most"),
                Arguments.of("<r>\u0001</r>", "(domain_definition):1: "),
                Arguments.of("<p:r/>", "(domain_definition):1: "));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parse_whenTextIsHostile_refusesWithAPlace(String xml, String part) {
        XmlException refusal = assertThrows(XmlException.class, () -> Definitions.parse(xml));

        assertEquals(XmlErrorKind.XML_DETAIL, refusal.kind());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
        assertTrue(refusal.getMessage().length() < 2000, "a short message");
    }

    @Test
    void parse_whenNameHasTenThousandCharacters_refusesWithAShortMessage() {
        String xml = Definitions.BASE.replace("<name>a</name>", "<name>" + "a".repeat(10_000) + "</name>");

        XmlException refusal = assertThrows(XmlException.class, () -> Definitions.parse(xml));

        assertEquals(
                "XML error: name of 10000 bytes is too long (expected: at most 247), it begins with 'aaaaaaaaaaaaaaaa'",
                refusal.getMessage());
    }

    @Test
    void parse_whenNameHasManyBytesInFewCharacters_countsBytes() {
        String xml = Definitions.BASE.replace("<name>a</name>", "<name>" + "ü".repeat(124) + "</name>");

        assertThrows(XmlException.class, () -> Definitions.parse(xml));
    }

    @Test
    void parse_whenTextIsWrongOnALongLine_showsOnlyThePartAround() {
        String xml = "<a>" + "x".repeat(100_000) + "&" + "y".repeat(100_000) + "</a>";

        XmlException refusal = assertThrows(XmlException.class, () -> Definitions.parse(xml));

        assertTrue(refusal.getMessage().length() < 2000);
    }
}
