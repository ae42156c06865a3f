package io.fairlead.xml.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fairlead.xml.LibvirtCodes;
import io.fairlead.xml.tree.XmlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DomainRefusalTest {
    private static final int DOMAIN = 20;

    @ParameterizedTest
    @MethodSource("io.fairlead.xml.domain.RefusedDefinitions#all")
    void parse_whenDefinitionIsWrong_refusesInLibvirtsWords(String xml, String code, String message) {
        XmlException refusal = assertThrows(XmlException.class, () -> Definitions.parse(xml));

        assertEquals(message, refusal.getMessage());
        assertEquals(code, LibvirtCodes.withOrigin(refusal, DOMAIN));
    }
}
