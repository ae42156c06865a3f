package io.fairlead.xml.schema;

import com.thaiopensource.util.PropertyMap;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.IncorrectSchemaException;
import com.thaiopensource.validate.Schema;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.Validator;
import com.thaiopensource.validate.rng.SAXSchemaReader;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.tree.XmlReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * libvirt's schemas. The JDK knows no RELAX NG, so jing checks documents; only this package touches jing. A schema is
 * read on its first use, which takes some tenths of a second.
 */
public final class LibvirtSchemas {
    /** Where the package libvirt0 puts them. */
    public static final Path DIRECTORY = Path.of("/usr/share/libvirt/schemas");

    private final Path directory;
    private final Map<String, Schema> loaded = new ConcurrentHashMap<>();

    public LibvirtSchemas(Path directory) {
        this.directory = directory;
    }

    /** Whether there is such a schema. */
    public boolean has(String name) {
        return Files.isReadable(directory.resolve(name));
    }

    /** Checks a domain definition as its client sent it, for the define-validate flag. */
    public void validateDomain(String xml) {
        validate("domain.rng", "domain_definition", xml);
    }

    /**
     * Checks a document.
     *
     * @param name the schema's file, such as {@code capability.rng}
     * @param what names the document in errors
     * @throws XmlException XML_DETAIL for a text that is no XML, INVALID_SCHEMA with the first contradiction and its
     *     line, INTERNAL_ERROR when the schema can't be read
     */
    public void validate(String name, String what, String xml) {
        // Our own reader goes first: it refuses document types, and with them all that a SAX parser would follow.
        String checked = SchemaGaps.filled(XmlReader.read(what, xml), xml);
        Schema schema = loaded.computeIfAbsent(name, this::load);
        FirstError errors = new FirstError();
        Validator validator = schema.createValidator(properties(errors));
        try {
            XMLReader reader = saxReader();
            reader.setContentHandler(validator.getContentHandler());
            reader.setErrorHandler(errors);
            reader.parse(new InputSource(new StringReader(checked)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw invalid(name, e.getMessage(), e);
        }
        errors.first().ifPresent(first -> {
            throw invalid(name, "%s:%d: %s".formatted(what, first.getLineNumber(), first.getMessage()), first);
        });
    }

    private Schema load(String name) {
        Path file = directory.resolve(name);
        FirstError errors = new FirstError();
        try {
            // The schema's own path, so that its included files are found beside it.
            return SAXSchemaReader.getInstance()
                    .createSchema(new InputSource(file.toUri().toString()), properties(errors));
        } catch (IOException | SAXException | IncorrectSchemaException e) {
            String obstacle = errors.first().map(Throwable::getMessage).orElse(String.valueOf(e.getMessage()));
            throw new XmlException(
                            XmlErrorKind.INTERNAL_ERROR, "Unable to parse RNG %s: %s".formatted(file, obstacle), e)
                    .from(XmlOrigin.XML);
        }
    }

    private XmlException invalid(String name, String obstacle, Throwable cause) {
        return new XmlException(
                        XmlErrorKind.INVALID_SCHEMA,
                        "Unable to validate doc against %s%n%s".formatted(directory.resolve(name), obstacle),
                        cause)
                .from(XmlOrigin.XML);
    }

    private static PropertyMap properties(FirstError errors) {
        PropertyMapBuilder properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, errors);
        return properties.toPropertyMap();
    }

    private static XMLReader saxReader() throws SAXException, ParserConfigurationException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newSAXParser().getXMLReader();
    }
}
