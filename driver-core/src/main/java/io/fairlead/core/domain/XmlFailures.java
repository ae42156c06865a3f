package io.fairlead.core.domain;

import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import io.fairlead.core.error.ErrorDomain;
import io.fairlead.xml.tree.XmlException;
import java.util.List;
import java.util.function.Supplier;

/** Turns what domain-xml refuses into the engine's error. */
final class XmlFailures {
    private static final List<String> PREFIXES = List.of(
            "XML error: ",
            "unsupported configuration: ",
            "invalid argument: ",
            "internal error: ",
            "metadata not found: ");

    private XmlFailures() {}

    static <T> T translate(Supplier<T> work) {
        try {
            return work.get();
        } catch (XmlException e) {
            throw new EngineException(code(e), ErrorDomain.DOMAIN, detail(e), e);
        }
    }

    private static ErrorCode code(XmlException e) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.libvirtCode() == e.libvirtCode()) {
                return code;
            }
        }
        return ErrorCode.XML_ERROR;
    }

    /** Without libvirt's words for the kind, which each API puts in front of the engine's messages. */
    private static String detail(XmlException e) {
        String message = e.getMessage();
        for (String prefix : PREFIXES) {
            if (message.startsWith(prefix)) {
                return message.substring(prefix.length());
            }
        }
        return message;
    }
}
