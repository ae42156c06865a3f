package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.Disk;
import io.fairlead.backend.bundle.GuestPlan.HostNode;
import io.fairlead.backend.bundle.OciSpec.Device;
import io.fairlead.backend.bundle.OciSpec.DeviceRule;
import io.fairlead.linux.device.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The device nodes that a guest gets in addition to those that every runtime makes (null, zero, full, random, urandom,
 * tty, console, ptmx), and the devices it may use.
 */
record GuestDevices(List<Device> nodes, List<DeviceRule> rules) {
    private static final int NODE_MODE = 0660;

    static GuestDevices of(GuestPlan plan, Bundle bundle, CapabilityPolicy capabilities) throws IOException {
        List<Device> nodes = new ArrayList<>();
        List<DeviceRule> rules = new ArrayList<>();
        rules.add(new DeviceRule(false, "a", null, null, "rwm"));
        if (capabilities.makesNodes()) {
            rules.add(new DeviceRule(true, "b", null, null, "m"));
            rules.add(new DeviceRule(true, "c", null, null, "m"));
        }
        for (Map.Entry<Disk, Path> attached : bundle.disks().entrySet()) {
            Disk disk = attached.getKey();
            String access = disk.readOnly() ? "rm" : "rwm";
            add("/dev/" + disk.target(), attached.getValue(), true, access, nodes, rules);
        }
        for (HostNode node : plan.storage().nodes()) {
            add(node.path(), Path.of(node.source()), node.block(), node.access(), nodes, rules);
        }
        return new GuestDevices(nodes, rules);
    }

    private static void add(
            String path, Path device, boolean block, String access, List<Device> nodes, List<DeviceRule> rules)
            throws IOException {
        DeviceNumber number = number(device, block);
        String type = Character.toString(number.type().letter());
        nodes.add(new Device(path, type, number.major(), number.minor(), NODE_MODE, 0, 0));
        rules.add(rule(number, access));
    }

    private static DeviceRule rule(DeviceNumber number, String access) {
        String type = Character.toString(number.type().letter());
        return new DeviceRule(true, type, (long) number.major(), (long) number.minor(), access);
    }

    private static DeviceNumber number(Path device, boolean block) throws IOException {
        if (!Files.exists(device)) {
            throw new IOException("its device %s does not exist".formatted(device));
        }
        return DeviceNumber.of(device)
                .filter(found -> (found.type() == DeviceNumber.Type.BLOCK) == block)
                .orElseThrow(
                        () -> new IOException("%s is no %s device".formatted(device, block ? "block" : "character")));
    }
}
