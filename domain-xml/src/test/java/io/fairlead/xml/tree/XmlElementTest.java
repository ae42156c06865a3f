package io.fairlead.xml.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class XmlElementTest {
    private final XmlElement tree = XmlReader.read(
                    "t", "<a k='v'><b>1</b><!-- c --><b>2</b><d><e/></d><!-- end --></a>")
            .withoutLayout();

    @Test
    void find_whenPresentOrNot_answersTheFirstOrNull() {
        assertEquals("1", tree.childText("b").orElseThrow());
        assertEquals("e", tree.path("d", "e").name());
        assertNull(tree.path("d", "x", "e"));
        assertNull(tree.attribute("none"));
        assertEquals("other", tree.attribute("none", "other"));
    }

    @Test
    void with_whenAttributeExists_keepsItsPlace() {
        XmlElement element = XmlElement.of("a").with("x", "1").with("y", "2").with("x", "3");

        assertEquals("<a x='3' y='2'/>\n", XmlWriter.document(element));
        assertEquals("<a z='0' x='3' y='2'/>\n", XmlWriter.document(element.withFirst("z", "0")));
        assertEquals("<a y='2'/>\n", XmlWriter.document(element.without("x")));
    }

    @Test
    void mapElements_whenNothingChanges_givesTheSameObject() {
        assertSame(tree, tree.mapElements(child -> child));
    }

    @Test
    void mapChild_whenMissing_addsBehindElementsButBeforeTheLastComment() {
        XmlElement added = tree.mapChild("new", child -> child.withText("x"));

        assertEquals(
                """
                <a k='v'>
                  <b>1</b>
                  <!-- c -->
                  <b>2</b>
                  <d>
                    <e/>
                  </d>
                  <new>x</new>
                  <!-- end -->
                </a>
                """,
                XmlWriter.document(added));
        assertEquals(tree, added.mapChild("new", child -> null));
    }
}
