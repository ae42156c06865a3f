package io.fairlead.core.domain;

import io.fairlead.xml.domain.XmlFlags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The texts of one domain's definitions, made once per status, because clients ask for them all the time. */
public final class XmlTexts {
    private record Made(DomainStatus of, Map<XmlFlags, String> texts) {}

    private volatile Made made = new Made(null, Map.of());

    public String get(DomainStatus status, XmlFlags flags, BiFunction<DomainStatus, XmlFlags, String> maker) {
        Made current = made;
        if (current.of() != status) {
            current = new Made(status, new ConcurrentHashMap<>());
            made = current;
        }
        return current.texts().computeIfAbsent(flags, wanted -> maker.apply(status, wanted));
    }
}
