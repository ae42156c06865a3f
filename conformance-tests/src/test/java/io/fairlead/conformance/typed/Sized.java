package io.fairlead.conformance.typed;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.Map;

/** A size with its unit, as libvirt writes it. */
public final class Sized {
    private static final Map<String, Long> UNITS =
            Map.of("bytes", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    @XmlAttribute
    public String unit;

    @XmlValue
    public long number;

    public long bytes() {
        return Math.multiplyExact(number, UNITS.get(unit));
    }
}
