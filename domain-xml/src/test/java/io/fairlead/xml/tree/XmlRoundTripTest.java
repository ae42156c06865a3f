package io.fairlead.xml.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.test.RandomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRoundTripTest {
    @RandomTest(tries = 500)
    void read_whenPrinted_givesTheSameTree(long seed) {
        XmlElement tree = new Trees(new Random(seed)).tree(3);
        assertEquals(tree, XmlReader.read("tree", XmlWriter.document(tree)).withoutLayout());
    }

    @RandomTest(tries = 500)
    void read_whenPrintedInTheForeignStyle_givesTheSameTree(long seed) {
        XmlElement tree = new Trees(new Random(seed)).tree(3);
        assertEquals(tree, XmlReader.read("tree", XmlWriter.foreign(tree)).withoutLayout());
    }

    /** Trees in the form that {@code withoutLayout} leaves: adjacent texts joined, no layout between elements. */
    private record Trees(Random random) {
        private static final List<String> NAMES = List.of("a", "b", "long-name", "x.y", "_u", "é", "metadata");
        private static final String MARKS = "ab<>&'\" \n\t\r]é\u2028";

        XmlElement tree(int depth) {
            List<XmlNode> children = new ArrayList<>();
            if (depth > 0 && random.nextBoolean()) {
                children.add(new XmlText(text()));
            } else if (depth > 0) {
                int count = random.nextInt(5);
                for (int i = 0; i < count; i++) {
                    children.add(node(depth - 1));
                }
            }
            String name = NAMES.get(random.nextInt(NAMES.size()));
            return new XmlElement(name, "", attributes(), joined(children)).withoutLayout();
        }

        private XmlNode node(int depth) {
            return switch (random.nextInt(8)) {
                case 0 -> new XmlText(text());
                case 1 -> new XmlComment(letters(8));
                case 2 -> new XmlInstruction("pi", letters(5));
                default -> tree(depth);
            };
        }

        /** Half of it characters with a meaning, half any below the surrogates. */
        private String text() {
            return characters(
                    1 + random.nextInt(12),
                    () -> random.nextBoolean()
                            ? MARKS.charAt(random.nextInt(MARKS.length()))
                            : (char) (0x20 + random.nextInt(0xd800 - 0x20)));
        }

        private String letters(int most) {
            return characters(
                    random.nextInt(most + 1), () -> (char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(26)));
        }

        private static String characters(int count, Supplier<Character> one) {
            return Stream.generate(one).limit(count).map(String::valueOf).collect(Collectors.joining());
        }

        private List<XmlAttribute> attributes() {
            return Stream.of("p", "q", "r")
                    .filter(name -> random.nextInt(3) == 0)
                    .map(name -> new XmlAttribute(name, text()))
                    .toList();
        }
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
