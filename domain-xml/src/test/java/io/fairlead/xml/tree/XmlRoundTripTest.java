package io.fairlead.xml.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRoundTripTest {
    @Property(tries = 500)
    void read_whenPrinted_givesTheSameTree(@ForAll("trees") XmlElement tree) {
        assertEquals(tree, XmlReader.read("tree", XmlWriter.document(tree)).withoutLayout());
    }

    @Property(tries = 500)
    void read_whenPrintedInTheForeignStyle_givesTheSameTree(@ForAll("trees") XmlElement tree) {
        assertEquals(tree, XmlReader.read("tree", XmlWriter.foreign(tree)).withoutLayout());
    }

    /** Trees in the form that {@code withoutLayout} leaves: adjacent texts joined, no layout between elements. */
    @Provide
    Arbitrary<XmlElement> trees() {
        return tree(3);
    }

    private Arbitrary<XmlElement> tree(int depth) {
        Arbitrary<List<XmlNode>> children = depth == 0
                ? Arbitraries.just(List.of())
                : Arbitraries.oneOf(
                        texts().map(text -> List.<XmlNode>of(new XmlText(text))),
                        node(depth - 1).list().ofMaxSize(4));
        return Combinators.combine(names(), attributes(), children)
                .as((name, attributes, content) ->
                        new XmlElement(name, "", attributes, joined(content)).withoutLayout());
    }

    private Arbitrary<XmlNode> node(int depth) {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, tree(depth).map(element -> element)),
                net.jqwik.api.Tuple.of(1, texts().map(XmlText::new)),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.strings().alpha().ofMaxLength(8).map(XmlComment::new)),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.strings().alpha().ofMaxLength(5).map(data -> new XmlInstruction("pi", data))));
    }

    private static List<XmlNode> joined(List<XmlNode> nodes) {
        List<XmlNode> joined = new ArrayList<>();
        for (XmlNode node : nodes) {
            int last = joined.size() - 1;
            if (node instanceof XmlText text && last >= 0 && joined.get(last) instanceof XmlText before) {
                joined.set(last, new XmlText(before.text() + text.text()));
            } else {
                joined.add(node);
            }
        }
        return joined;
    }

    private Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "long-name", "x.y", "_u", "é", "metadata");
    }

    private Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ab<>&'\" \n\t\r]é\u2028")
                .withChars('\u0020', '\ud7ff')
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    private Arbitrary<List<XmlAttribute>> attributes() {
        Arbitrary<XmlAttribute> attribute =
                Combinators.combine(Arbitraries.of("p", "q", "r"), texts()).as(XmlAttribute::new);
        return attribute.list().ofMaxSize(3).map(list -> {
            Set<String> seen = new HashSet<>();
            return list.stream().filter(one -> seen.add(one.name())).toList();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a>text</a>",
                "<a>\n  <b/>\n  <c>x</c>\n</a>",
                "<a>mixed <b><c/></b> text</a>",
                "<a xmlns=\"urn:d\" xmlns:p=\"urn:p\" p:x=\"1\">\n  <p:b/>\n</a>",
                "<a><![CDATA[<raw> & such]]></a>",
                "<a xml:space=\"preserve\"> <b/> </a>",
                "<a> </a>",
                "<a>\n  <!-- c -->\n  <?pi data?>\n</a>"
            })
    void foreign_whenWrittenInItsOwnStyle_comesBackLetterByLetter(String text) {
        assertEquals(text, XmlWriter.foreign(XmlReader.read("text", text).withoutLayout()));
    }

    @Test
    void comment_whenItCannotBeDelimited_isRefusedAtBirth() {
        assertThrows(IllegalArgumentException.class, () -> new XmlComment("a--b"));
        assertThrows(IllegalArgumentException.class, () -> new XmlComment("a-"));
    }
}
