package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.value.ByteSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cgroup keys. Those of cgroup v2 are read, too, where they mean the same; libvirt 9.0 passes over them. */
final class LxcLimits {
    /** The memory of a container whose configuration names no limit, as in libvirt. */
    private static final long DEFAULT_MEMORY_KIB = 64 * 1024;

    private static final Map<String, String> DEVICE_KEYS = Map.of(
            "lxc.cgroup.blkio.device_weight", "weight",
            "lxc.cgroup.blkio.throttle.read_bps_device", "read_bytes_sec",
            "lxc.cgroup.blkio.throttle.write_bps_device", "write_bytes_sec",
            "lxc.cgroup.blkio.throttle.read_iops_device", "read_iops_sec",
            "lxc.cgroup.blkio.throttle.write_iops_device", "write_iops_sec");

    private LxcLimits() {}

    static XmlElement apply(LxcConfig config, XmlElement domain) {
        return blkio(config, cpu(config, memory(config, domain)));
    }

    private static XmlElement memory(LxcConfig config, XmlElement domain) {
        XmlElement tune = XmlElement.of("memtune");
        Optional<Long> limit = kib(config, "lxc.cgroup.memory.limit_in_bytes", "lxc.cgroup2.memory.max");
        tune = withKib(tune, "hard_limit", limit);
        tune = withKib(
                tune, "soft_limit", kib(config, "lxc.cgroup.memory.soft_limit_in_bytes", "lxc.cgroup2.memory.high"));
        tune = withKib(tune, "swap_hard_limit", kib(config, "lxc.cgroup.memory.memsw.limit_in_bytes"));
        return domain.plus(XmlElement.of("memory", Long.toString(limit.orElse(DEFAULT_MEMORY_KIB))))
                .plus(tune);
    }

    /** In KiB, rounded down; empty when absent or unlimited (-1, or max in cgroup v2). */
    private static Optional<Long> kib(LxcConfig config, String... keys) {
        return config.first(keys)
                .filter(size -> !size.equals("-1") && !size.equals("max"))
                .map(size -> LxcMounts.bytes(size) / ByteSize.KIB);
    }

    private static XmlElement withKib(XmlElement tune, String name, Optional<Long> kib) {
        return kib.map(size -> tune.plus(XmlElement.of(name, Long.toString(size))))
                .orElse(tune);
    }

    private static XmlElement cpu(LxcConfig config, XmlElement domain) {
        XmlElement tune = XmlElement.of("cputune");
        tune = withNumber(tune, "shares", config, "lxc.cgroup.cpu.shares");
        tune = withNumber(tune, "period", config, "lxc.cgroup.cpu.cfs_period_us");
        tune = withNumber(tune, "quota", config, "lxc.cgroup.cpu.cfs_quota_us");
        XmlElement vcpu = config.first("lxc.cgroup.cpuset.cpus", "lxc.cgroup2.cpuset.cpus")
                .map(cpus -> XmlElement.of("vcpu", "1").with("cpuset", LxcImport.cpuSet(cpus)))
                .orElse(XmlElement.of("vcpu", "1"));
        XmlElement tuned = domain.plus(vcpu).plus(tune);
        return config.first("lxc.cgroup.cpuset.mems", "lxc.cgroup2.cpuset.mems")
                .map(nodes -> tuned.plus(XmlElement.of("numatune")
                        .plus(XmlElement.of("memory").with("mode", "strict").with("nodeset", LxcImport.cpuSet(nodes)))))
                .orElse(tuned);
    }

    private static XmlElement withNumber(XmlElement tune, String name, LxcConfig config, String key) {
        return config.first(key)
                .map(text -> tune.plus(XmlElement.of(name, number(text))))
                .orElse(tune);
    }

    private static String number(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw LxcImport.internal("failed to parse integer: '%s'".formatted(text));
        }
        return text;
    }

    private static XmlElement blkio(LxcConfig config, XmlElement domain) {
        XmlElement tune = withNumber(XmlElement.of("blkiotune"), "weight", config, "lxc.cgroup.blkio.weight");
        Map<String, XmlElement> devices = new LinkedHashMap<>();
        for (LxcConfig.Entry entry : config.entries()) {
            String element = DEVICE_KEYS.get(entry.key());
            if (element == null) {
                continue;
            }
            String[] words = entry.value().split("\\s+");
            if (words.length < 2) {
                throw LxcImport.internal("invalid %s value: '%s'".formatted(entry.key(), entry.value()));
            }
            if (!words[1].matches("[0-9]{1,18}")) {
                String what = element.equals("weight")
                        ? "device weight"
                        : entry.key().substring(entry.key().lastIndexOf('.') + 1);
                throw LxcImport.internal("failed to parse %s: '%s'".formatted(what, words[1]));
            }
            String path = "/dev/block/" + words[0];
            XmlElement device =
                    devices.getOrDefault(path, XmlElement.of("device").plus(XmlElement.of("path", path)));
            devices.put(path, device.mapChild(element, rate -> rate.withText(words[1])));
        }
        for (XmlElement device : devices.values()) {
            tune = tune.plus(device);
        }
        return domain.plus(tune);
    }
}
