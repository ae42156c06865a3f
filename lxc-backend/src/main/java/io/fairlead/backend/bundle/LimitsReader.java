package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.DeviceLimits;
import io.fairlead.backend.bundle.GuestPlan.Limits;
import io.fairlead.xml.domain.model.BlkioTune;
import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.NumaTune;
import io.fairlead.xml.value.CpuSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the limits of a definition that apply from the start. */
final class LimitsReader {
    private LimitsReader() {}

    static Limits read(DomainDefinition definition) {
        refuseAutomatic(definition);
        OptionalLong hard = definition.memoryTune().hardLimitBytes();
        Optional<CpuSet> nodes = definition.numaTune().flatMap(NumaTune::nodeset);
        OptionalLong quota = definition.cpuTune().quotaMicros();
        return new Limits(
                // Both set the same limit of the kernel; the explicit one wins.
                hard.orElse(definition.currentMemoryBytes()),
                number(definition.memoryTune().softLimitBytes()),
                number(definition.memoryTune().swapHardLimitBytes()),
                definition.vcpus().cpuset().map(CpuSet::toString).orElse(null),
                number(definition.cpuTune().shares()),
                quota.isPresent() ? Long.valueOf(Math.max(-1, quota.getAsLong())) : null,
                number(definition.cpuTune().periodMicros()),
                nodes.map(CpuSet::toString).orElse(null),
                definition.blkioTune().weight().isPresent()
                        ? definition.blkioTune().weight().getAsInt()
                        : null,
                devices(definition.blkioTune()));
    }

    private static void refuseAutomatic(DomainDefinition definition) {
        Refusal.unless(!definition.vcpus().automatic(), "vcpu placement='auto'");
        definition.numaTune().ifPresent(tune -> {
            boolean strict = tune.mode() == NumaTune.Mode.STRICT || tune.mode() == NumaTune.Mode.RESTRICTIVE;
            // The other modes are a policy of the process, which neither crun nor runc can set.
            Refusal.unless(
                    strict, "numatune memory mode='%s'", tune.mode().name().toLowerCase(Locale.ROOT));
            Refusal.unless(tune.nodeset().isPresent(), "numatune memory placement='auto'");
        });
    }

    private static List<DeviceLimits> devices(BlkioTune tune) {
        return tune.devices().stream()
                .map(device -> new DeviceLimits(
                        StorageReader.absolute("blkiotune device path", device.path()),
                        device.weight().isPresent() ? device.weight().getAsInt() : null,
                        number(device.readBytes()),
                        number(device.writeBytes()),
                        number(device.readIops()),
                        number(device.writeIops())))
                .toList();
    }

    private static Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
