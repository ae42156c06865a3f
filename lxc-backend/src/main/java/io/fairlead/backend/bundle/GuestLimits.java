package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.DeviceLimits;
import io.fairlead.backend.bundle.GuestPlan.Limits;
import io.fairlead.backend.bundle.OciSpec.BlockIo;
import io.fairlead.backend.bundle.OciSpec.Cpu;
import io.fairlead.backend.bundle.OciSpec.DeviceRule;
import io.fairlead.backend.bundle.OciSpec.Memory;
import io.fairlead.backend.bundle.OciSpec.Resources;
import io.fairlead.backend.bundle.OciSpec.Throttle;
import io.fairlead.backend.bundle.OciSpec.WeightDevice;
import io.fairlead.linux.device.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The limits that a guest starts with. The runtime writes them into the files of cgroup v1 or v2. */
final class GuestLimits {
    private GuestLimits() {}

    static Resources of(Limits limits, List<DeviceRule> rules) throws IOException {
        return new Resources(rules, memory(limits), cpu(limits), blockIo(limits));
    }

    private static Memory memory(Limits limits) {
        if (limits.memoryBytes() == null && limits.memorySoftBytes() == null && limits.memoryAndSwapBytes() == null) {
            return null;
        }
        return new Memory(limits.memoryBytes(), limits.memorySoftBytes(), limits.memoryAndSwapBytes());
    }

    private static Cpu cpu(Limits limits) {
        Cpu cpu = new Cpu(
                limits.cpuShares(),
                limits.cpuQuotaMicros(),
                limits.cpuPeriodMicros(),
                limits.cpus(),
                limits.memoryNodes());
        return cpu.equals(new Cpu(null, null, null, null, null)) ? null : cpu;
    }

    private static BlockIo blockIo(Limits limits) throws IOException {
        if (limits.ioWeight() == null && limits.devices().isEmpty()) {
            return null;
        }
        List<WeightDevice> weights = new ArrayList<>();
        for (DeviceLimits device : limits.devices()) {
            if (device.weight() != null) {
                DeviceNumber number = number(device);
                weights.add(new WeightDevice(number.major(), number.minor(), device.weight()));
            }
        }
        return new BlockIo(
                limits.ioWeight(),
                weights,
                throttles(limits, DeviceLimits::readBytes),
                throttles(limits, DeviceLimits::writeBytes),
                throttles(limits, DeviceLimits::readOperations),
                throttles(limits, DeviceLimits::writeOperations));
    }

    private static List<Throttle> throttles(Limits limits, Function<DeviceLimits, Long> rate) throws IOException {
        List<Throttle> throttles = new ArrayList<>();
        for (DeviceLimits device : limits.devices()) {
            if (rate.apply(device) != null) {
                DeviceNumber number = number(device);
                throttles.add(new Throttle(number.major(), number.minor(), rate.apply(device)));
            }
        }
        return throttles;
    }

    private static DeviceNumber number(DeviceLimits limits) throws IOException {
        Path device = Path.of(limits.device());
        if (!Files.exists(device)) {
            throw new IOException("its blkiotune device %s does not exist".formatted(device));
        }
        return DeviceNumber.of(device)
                .filter(number -> number.type() == DeviceNumber.Type.BLOCK)
                .orElseThrow(() -> new IOException("its blkiotune device %s is no block device".formatted(device)));
    }
}
