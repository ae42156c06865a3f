package io.fairlead.xml.domain.read;

import io.fairlead.xml.domain.model.BlkioTune;
import io.fairlead.xml.domain.model.CpuTune;
import io.fairlead.xml.domain.model.MemoryTune;
import io.fairlead.xml.domain.model.NumaTune;
import io.fairlead.xml.domain.model.Vcpus;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.value.CpuSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Memory, processors and block rates. */
final class TuningReader {
    /** libvirt takes any limit from this on as none (VIR_DOMAIN_MEMORY_PARAM_UNLIMITED KiB). */
    private static final long UNLIMITED_BYTES = 9007199254740991L * 1024;

    /** The kernel's bounds for a blkio weight (cgroup-v1/blkio-controller); 0 means not set. */
    private static final int WEIGHT_MAX = 1000;

    private TuningReader() {}

    static MemoryTune memoryTune(XmlElement domain) {
        XmlElement tune = domain.child("memtune");
        return new MemoryTune(limit(tune, "hard_limit"), limit(tune, "soft_limit"), limit(tune, "swap_hard_limit"));
    }

    private static OptionalLong limit(XmlElement tune, String name) {
        OptionalLong bytes = Fields.memoryBytes(tune, name);
        return bytes.isPresent() && bytes.getAsLong() < UNLIMITED_BYTES ? bytes : OptionalLong.empty();
    }

    static Vcpus vcpus(XmlElement domain) {
        XmlElement vcpu = domain.child("vcpu");
        if (vcpu == null) {
            return new Vcpus(1, 1, Optional.empty(), false);
        }
        int maximum = (int) Fields.number(domain, "vcpu", 1, Integer.MAX_VALUE).orElse(1);
        int current = (int) Fields.attributeNumber(vcpu, "current", 1, maximum).orElse(maximum);
        return new Vcpus(
                maximum,
                current,
                Fields.attribute(vcpu, "cpuset").map(CpuSet::parse),
                vcpu.attribute("placement", "static").equals("auto"));
    }

    static CpuTune cpuTune(XmlElement domain) {
        XmlElement tune = domain.child("cputune");
        return new CpuTune(
                Fields.number(tune, "shares", 0, Long.MAX_VALUE),
                set(Fields.number(tune, "period", 0, Long.MAX_VALUE)),
                set(Fields.number(tune, "quota", Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    static Optional<NumaTune> numaTune(XmlElement domain) {
        XmlElement memory = domain.path("numatune", "memory");
        if (memory == null) {
            return Optional.empty();
        }
        return Optional.of(new NumaTune(
                Fields.constant(NumaTune.Mode.class, memory.attribute("mode", "strict"), memory, "mode"),
                Fields.attribute(memory, "nodeset").map(CpuSet::parse)));
    }

    static BlkioTune blkioTune(XmlElement domain) {
        XmlElement tune = domain.child("blkiotune");
        if (tune == null) {
            return new BlkioTune(Fields.smallNumber(null, "weight", 0, WEIGHT_MAX), List.of());
        }
        return new BlkioTune(
                Fields.smallNumber(tune, "weight", 0, WEIGHT_MAX),
                tune.elements("device").stream().map(TuningReader::blkioDevice).toList());
    }

    private static BlkioTune.Device blkioDevice(XmlElement device) {
        return new BlkioTune.Device(
                Fields.text(device, "path").orElse(""),
                Fields.smallNumber(device, "weight", 0, WEIGHT_MAX),
                set(Fields.number(device, "read_iops_sec", 0, 0xffff_ffffL)),
                set(Fields.number(device, "write_iops_sec", 0, 0xffff_ffffL)),
                set(Fields.number(device, "read_bytes_sec", 0, Long.MAX_VALUE)),
                set(Fields.number(device, "write_bytes_sec", 0, Long.MAX_VALUE)));
    }

    /** libvirt reads a zero in these places as "not set". */
    private static OptionalLong set(OptionalLong number) {
        return number.isPresent() && number.getAsLong() == 0 ? OptionalLong.empty() : number;
    }
}
