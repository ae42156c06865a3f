package io.fairlead.xml.storage;

import io.fairlead.xml.tree.XmlElement;
import java.time.Instant;
import java.util.Optional;

/** {@code <timestamps>} of a volume: seconds since 1970, and their fraction where there is one. */
public record TimestampsElement(Instant accessed, Instant modified, Instant changed, Optional<Instant> born) {
    XmlElement element() {
        XmlElement element = XmlElement.of("timestamps")
                .plus(XmlElement.of("atime", text(accessed)))
                .plus(XmlElement.of("mtime", text(modified)))
                .plus(XmlElement.of("ctime", text(changed)));
        return born.isPresent() ? element.plus(XmlElement.of("btime", text(born.get()))) : element;
    }

    private static String text(Instant time) {
        return time.getNano() == 0
                ? Long.toString(time.getEpochSecond())
                : "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }
}
