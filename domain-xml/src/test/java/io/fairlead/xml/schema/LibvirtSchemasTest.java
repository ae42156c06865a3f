package io.fairlead.xml.schema;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a schema of our own, so that it runs without libvirt's. */
class LibvirtSchemasTest {
    private static final String SCHEMA =
            """
            <grammar xmlns='http://relaxng.org/ns/structure/1.0'>
              <include href='part.rng'/>
              <start><element name='domain'><ref name='name'/></element></start>
            </grammar>
            """;
    private static final String PART =
            """
            <grammar xmlns='http://relaxng.org/ns/structure/1.0'>
              <define name='name'><element name='name'><text/></element></define>
            </grammar>
            """;

    @TempDir
    Path directory;

    private LibvirtSchemas schemas;

    @BeforeEach
    void writeSchema() throws IOException {
        Files.writeString(directory.resolve("domain.rng"), SCHEMA);
        Files.writeString(directory.resolve("part.rng"), PART);
        schemas = new LibvirtSchemas(directory);
    }

    @Test
    void validate_whenDocumentMatches_acceptsAgainAndAgain() {
        assertDoesNotThrow(() -> schemas.validateDomain("<domain><name>a</name></domain>"));
        assertDoesNotThrow(() -> schemas.validateDomain("<domain><name>b</name></domain>"));
    }

    @Test
    void validate_whenDocumentContradicts_namesTheSchemaAndTheLine() {
        XmlException refusal =
                assertThrows(XmlException.class, () -> schemas.validateDomain("<domain>\n<name/>\n<x/></domain>"));

        assertEquals(XmlErrorKind.INVALID_SCHEMA, refusal.kind());
        assertTrue(refusal.getMessage().startsWith("XML document failed to validate against schema: "));
        assertTrue(refusal.getMessage().contains("domain_definition:3: element \"x\" not allowed"));
    }

    @Test
    void validate_whenTextIsNoXmlOrHasADocumentType_refusesBeforeAnyParserFollows() {
        assertEquals(
                XmlErrorKind.XML_DETAIL,
                assertThrows(XmlException.class, () -> schemas.validateDomain("<domain>"))
                        .kind());
        assertEquals(
                XmlErrorKind.XML_DETAIL,
                assertThrows(
                                XmlException.class,
                                () -> schemas.validateDomain("<!DOCTYPE domain SYSTEM 'http://127.0.0.1:1/'><domain/>"))
                        .kind());
    }

    @Test
    void validate_whenSchemaIsMissingOrBroken_saysWhich() throws IOException {
        Files.writeString(directory.resolve("broken.rng"), "<grammar");

        assertTrue(schemas.has("domain.rng"));
        assertEquals(
                XmlErrorKind.INTERNAL_ERROR,
                assertThrows(XmlException.class, () -> schemas.validate("none.rng", "x", "<domain/>"))
                        .kind());
        assertTrue(assertThrows(XmlException.class, () -> schemas.validate("broken.rng", "x", "<domain/>"))
                .getMessage()
                .startsWith("internal error: Unable to parse RNG " + directory.resolve("broken.rng")));
    }
}
