package io.fairlead.conformance.typed;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.io.StringReader;
import javax.xml.transform.stream.StreamSource;

/** Reads a document into a class of this package; a value of the wrong type fails the case. */
public final class Typed {
    private Typed() {}

    public static <T> T read(Class<T> type, String xml) {
        try {
            Unmarshaller unmarshaller = JAXBContext.newInstance(type).createUnmarshaller();
            unmarshaller.setEventHandler(event -> false); // a number that is none would be left out otherwise
            return type.cast(unmarshaller.unmarshal(new StreamSource(new StringReader(xml))));
        } catch (JAXBException e) {
            throw new AssertionError("no %s: %s".formatted(type.getSimpleName(), xml), e);
        }
    }
}
