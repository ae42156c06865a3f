package io.fairlead.xml.facts;

import static java.util.Objects.requireNonNull;

import jakarta.xml.bind.annotation.XmlEnum;
import jakarta.xml.bind.annotation.XmlEnumValue;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A port of the container that is published on the host.
 *
 * @param container the port inside, 1..65535
 * @param address the host's address on which it is published; empty for all
 * @param host the port on the host, 1..65535; empty for a free one, chosen at each start
 */
public record PortFact(int container, Protocol protocol, Optional<String> address, OptionalInt host) {
    @XmlEnum
    public enum Protocol {
        @XmlEnumValue("tcp")
        TCP,
        @XmlEnumValue("udp")
        UDP,
        @XmlEnumValue("sctp")
        SCTP
    }

    private static final int PORT_MAX = 65_535;

    public PortFact {
        FactChecks.inRange("port of the container", container, 1, PORT_MAX);
        requireNonNull(protocol, "protocol");
        address.ifPresent(text -> FactChecks.present("address of a published port", text));
        host.ifPresent(port -> FactChecks.inRange("port of the host", port, 1, PORT_MAX));
    }
}
