package io.fairlead.xml.facts;

import static java.util.Objects.requireNonNull;

import jakarta.xml.bind.annotation.XmlEnum;
import jakarta.xml.bind.annotation.XmlEnumValue;

/**
 * What init's standard streams are.
 *
 * @param terminal one terminal for all three; otherwise three pipes
 */
public record StdioFact(boolean terminal, Stdin stdin) {
    @XmlEnum
    public enum Stdin {
        /** Empty: at its end from the start. */
        @XmlEnumValue("closed")
        CLOSED,
        /** Clients may write to it, and it stays open when they leave. */
        @XmlEnumValue("open")
        OPEN,
        /** Clients may write to it, and it ends when the first of them leaves. */
        @XmlEnumValue("once")
        ONCE
    }

    /** No terminal, no input. */
    public static final StdioFact DETACHED = new StdioFact(false, Stdin.CLOSED);

    public StdioFact {
        requireNonNull(stdin, "stdin");
    }
}
