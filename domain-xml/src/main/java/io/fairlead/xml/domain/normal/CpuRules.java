package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.value.CpuSet;
import java.util.Map;
import java.util.Set;

/** Processors: how many, which, how much of them; and where memory comes from, which follows the placement. */
final class CpuRules {
    /** As many as libvirt can name in a cpuset; it accepts any number, and some make it crash. */
    private static final int VCPUS_MAX = CpuSet.SIZE;

    private static final Set<String> PLACEMENTS = Set.of("static", "auto");
    private static final Set<String> NUMA_MODES = Set.of("strict", "preferred", "interleave", "restrictive");

    /** Bounds from libvirt's domain_validate.c: microseconds, and nanoseconds that must fit 64 bits for the quota. */
    private static final Map<String, Range> BOUNDS = Map.of(
            "period", new Range(1000, 1_000_000),
            "quota", new Range(1000, 17_592_186_044_415L),
            "global_period", new Range(1000, 1_000_000),
            "global_quota", new Range(1000, 17_592_186_044_415L),
            "emulator_period", new Range(1000, 1_000_000),
            "emulator_quota", new Range(1000, 17_592_186_044_415L),
            "iothread_period", new Range(1000, 1_000_000),
            "iothread_quota", new Range(1000, 17_592_186_044_415L));

    private record Range(long min, long max) {}

    private CpuRules() {}

    static XmlElement apply(XmlElement domain) {
        if (domain.child("vcpus") != null) {
            throw XmlException.unsupported("individual CPU state configuration is not supported");
        }
        if (domain.child("vcpu") != null && domain.child("vcpu").text().isEmpty()) {
            throw XmlException.malformed("maximum vcpus count must be an integer");
        }
        XmlElement counted = domain.mapChild("vcpu", CpuRules::vcpu);
        return cpuTune(numaTune(counted));
    }

    private static XmlElement vcpu(XmlElement vcpu) {
        int maximum = vcpu.text().isEmpty() ? 1 : count(vcpu.text(), "maximum vcpus count must be an integer");
        String current = vcpu.attribute("current");
        if (current != null && !current.matches("[0-9]+")) {
            throw XmlException.invalidNumber(vcpu, "current", current, null);
        }
        if (current != null && count(current, "current vcpus count must be an integer") > maximum) {
            throw XmlException.unsupported("maximum vCPU count must not be less than current vCPU count");
        }
        String placement = vcpu.attribute("placement", "static");
        if (!PLACEMENTS.contains(placement)) {
            throw XmlException.invalidAttribute(vcpu, "placement", placement);
        }
        XmlElement placed = vcpu.with("placement", placement).withText(Integer.toString(maximum));
        if (current != null && Integer.parseInt(current) == maximum) {
            placed = placed.without("current");
        }
        String cpuset = vcpu.attribute("cpuset");
        return cpuset == null || placement.equals("auto")
                ? placed.without("cpuset")
                : placed.with("cpuset", set(cpuset, "cpuset"));
    }

    private static int count(String text, String refusal) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw XmlException.malformed(refusal);
        }
        int count = Integer.parseInt(text);
        if (count < 1 || count > VCPUS_MAX) {
            throw XmlException.malformed("vCPU count %d is out of range [1, %d]".formatted(count, VCPUS_MAX));
        }
        return count;
    }

    private static String set(String text, String attribute) {
        CpuSet set = CpuSet.parse(text);
        if (set.isEmpty()) {
            throw XmlException.unsupported("Invalid value of '%s': %s".formatted(attribute, text));
        }
        return set.toString();
    }

    /** placement='auto' in either place means it in both, unless nodes or processors are named (virDomainNumatune). */
    private static XmlElement numaTune(XmlElement domain) {
        XmlElement memory = domain.path("numatune", "memory");
        boolean cpusAutomatic = domain.child("vcpu").attribute("placement").equals("auto");
        if (memory == null) {
            return cpusAutomatic ? domain.mapChild("numatune", tune -> tune.plus(automatic())) : domain;
        }
        String mode = memory.attribute("mode", "strict");
        if (!NUMA_MODES.contains(mode)) {
            throw XmlException.unsupported("Unsupported NUMA memory tuning mode '%s'".formatted(mode));
        }
        String placement = memory.attribute("placement", memory.has("nodeset") ? "static" : "auto");
        XmlElement known = memory.with("mode", mode).without("placement");
        XmlElement placed = placement.equals("auto")
                ? known.without("nodeset").with("placement", "auto")
                : known.with("nodeset", set(memory.attribute("nodeset", ""), "nodeset"));
        XmlElement tuned = domain.mapChild("numatune", tune -> tune.mapChild("memory", old -> placed));
        boolean follow = placement.equals("auto") && !domain.child("vcpu").has("cpuset");
        return follow ? tuned.mapChild("vcpu", vcpu -> vcpu.with("placement", "auto")) : tuned;
    }

    private static XmlElement automatic() {
        return XmlElement.of("memory").with("mode", "strict").with("placement", "auto");
    }

    private static XmlElement cpuTune(XmlElement domain) {
        XmlElement tune = domain.child("cputune");
        if (tune == null) {
            return domain;
        }
        tune.elements().stream().filter(pin -> pin.has("cpuset")).forEach(pin -> CpuSet.parse(pin.attribute("cpuset")));
        XmlElement checked = tune.mapElements(CpuRules::bandwidth);
        return domain.mapChild("cputune", old -> TreeChanges.isEmpty(checked) ? null : checked);
    }

    private static XmlElement bandwidth(XmlElement element) {
        Range bounds = BOUNDS.get(element.name());
        boolean shares = element.name().equals("shares");
        if (!element.namespace().isEmpty() || bounds == null && !shares) {
            return element;
        }
        String refusal = "can't parse cputune %s value".formatted(element.name());
        String text = element.text();
        if (text.isEmpty() || text.length() > 18 || !text.matches(shares ? "[0-9]+" : "-?[0-9]+")) {
            throw XmlException.malformed(refusal);
        }
        long number = Long.parseLong(text);
        if (shares) {
            return element;
        }
        if (number == 0) {
            return null; // the kernel's default
        }
        boolean unlimited = number < 0 && element.name().endsWith("quota");
        if (!unlimited && (number < bounds.min() || number > bounds.max())) {
            throw XmlException.unsupported("Value of cputune '%s' must be in range [%d, %d]"
                    .formatted(element.name(), bounds.min(), bounds.max()));
        }
        return element;
    }
}
