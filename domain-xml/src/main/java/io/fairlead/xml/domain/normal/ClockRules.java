package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlOrigin;
import java.util.Set;

/** The clock: UTC unless said otherwise; timers by known names. */
final class ClockRules {
    private static final Set<String> OFFSETS = Set.of("utc", "localtime", "variable", "timezone", "absolute");
    private static final Set<String> TIMERS =
            Set.of("platform", "pit", "rtc", "hpet", "tsc", "kvmclock", "hypervclock", "armvtimer");
    private static final Set<String> ANSWERS = Set.of("yes", "no");

    private ClockRules() {}

    static XmlElement apply(XmlElement domain) {
        return domain.mapChild("clock", clock -> {
            String offset = clock.attribute("offset", "utc");
            if (!OFFSETS.contains(offset)) {
                throw XmlException.unsupported("unknown clock offset '%s'".formatted(offset));
            }
            clock.elements("timer").forEach(ClockRules::checkTimer);
            if (offset.equals("timezone") && !clock.has("timezone")) {
                throw new XmlException(
                        XmlErrorKind.INTERNAL_ERROR, "missing 'timezone' attribute for clock with offset='timezone'");
            }
            XmlElement set = clock.with("offset", offset).without("sync");
            return offset.equals("variable")
                    ? set.with("adjustment", set.attribute("adjustment", "0"))
                            .with("basis", set.attribute("basis", "utc"))
                    : set;
        });
    }

    private static void checkTimer(XmlElement timer) {
        String name = timer.attribute("name");
        if (name == null) {
            throw XmlException.malformed("Missing required attribute 'name' in element 'timer'")
                    .from(XmlOrigin.XML);
        }
        if (!TIMERS.contains(name)) {
            throw XmlException.invalidAttribute(timer, "name", name);
        }
        String present = timer.attribute("present", "yes");
        if (!ANSWERS.contains(present)) {
            throw XmlException.invalidAttribute(timer, "present", present);
        }
    }
}
