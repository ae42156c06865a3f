package io.fairlead.xml.schema;

import java.util.Optional;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** Keeps the first contradiction; those behind it are mostly its consequences. */
final class FirstError implements ErrorHandler {
    private SAXParseException first;

    Optional<SAXParseException> first() {
        return Optional.ofNullable(first);
    }

    @Override
    public void warning(SAXParseException warning) {
        // A warning about a schema's style is no fault of the document.
    }

    @Override
    public void error(SAXParseException error) {
        if (first == null) {
            first = error;
        }
    }

    @Override
    public void fatalError(SAXParseException error) {
        error(error);
    }
}
