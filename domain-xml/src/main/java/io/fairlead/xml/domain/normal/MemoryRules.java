package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import io.fairlead.xml.value.ByteSize;
import java.util.regex.Pattern;

/** Memory sizes in KiB, rounded up; current memory never above the maximum. */
final class MemoryRules {
    /** libvirt's word for "no limit", in KiB (VIR_DOMAIN_MEMORY_PARAM_UNLIMITED). */
    private static final long UNLIMITED_KIB = 9007199254740991L;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private MemoryRules() {}

    static XmlElement apply(XmlElement domain) {
        if (domain.child("maxMemory") != null) {
            throw XmlException.unsupported(
                    "memory hotplug tunables <maxMemory> are not supported by this hypervisor driver");
        }
        XmlElement memory = domain.child("memory");
        long kib = memory == null ? 0 : kib(memory, "./memory[1]");
        if (kib == 0) {
            throw XmlException.malformed("Memory size must be specified via <memory> or in the <numa> configuration");
        }
        XmlElement current = domain.child("currentMemory");
        long wanted = current == null ? 0 : kib(current, "./currentMemory[1]");
        long currentKib = wanted == 0 || wanted > kib ? kib : wanted;
        XmlElement sized = domain.mapChild("memory", element -> inKib(element, kib))
                .mapChild("currentMemory", element -> inKib(element, currentKib));
        return tune(sized);
    }

    private static XmlElement tune(XmlElement domain) {
        XmlElement tune = domain.child("memtune");
        if (tune == null) {
            return domain;
        }
        XmlElement limits = tune.mapElements(limit -> {
            if (!limit.namespace().isEmpty() || limit.elements().size() > 0) {
                return limit;
            }
            long kib = kib(limit, "./memtune/" + limit.name() + "[1]");
            return kib >= UNLIMITED_KIB ? null : inKib(limit, kib);
        });
        return domain.mapChild("memtune", old -> TreeChanges.isEmpty(limits) ? null : limits);
    }

    static XmlElement inKib(XmlElement element, long kib) {
        return element.with("unit", "KiB").withText(Long.toString(kib));
    }

    private static long kib(XmlElement element, String path) {
        String text = element.text();
        if (!DIGITS.matcher(text).matches() || text.length() == 19 && text.compareTo("9223372036854775807") > 0) {
            throw XmlException.malformed("Invalid value '%s' for element or attribute '%s'".formatted(text, path))
                    .from(XmlOrigin.XML);
        }
        long number = Long.parseLong(text);
        String unit = element.attribute("unit", "KiB");
        // Clients say "unlimited" with larger numbers, which are too large even without a unit.
        if (number >= UNLIMITED_KIB && unit.equals("KiB")) {
            return UNLIMITED_KIB;
        }
        return ByteSize.ceilKib(ByteSize.bytes(number, unit));
    }
}
