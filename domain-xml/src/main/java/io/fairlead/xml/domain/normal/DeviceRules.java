package io.fairlead.xml.domain.normal;

import io.fairlead.xml.tree.XmlElement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The devices element: an emulator, and the rules of each kind. */
final class DeviceRules {
    /** Devices whose momentary alias and address libvirt does not store. */
    private static final Set<String> ALIASED = Set.of(
            "disk", "controller", "filesystem", "interface", "hostdev", "console", "serial", "parallel", "channel");

    private DeviceRules() {}

    static XmlElement apply(XmlElement domain, String emulator, Supplier<String> newMac) {
        DiskRules.checkTargets(domain.child("devices"));
        AtomicInteger consolePort = new AtomicInteger();
        AtomicInteger serialPort = new AtomicInteger();
        return domain.mapChild("devices", devices -> TreeChanges.withDefault(
                        TreeChanges.single(devices, Set.of("emulator")), "emulator", emulator)
                .mapElements(device -> {
                    XmlElement plain =
                            ALIASED.contains(device.name()) ? device.minus(child -> child.is("alias")) : device;
                    if (!device.namespace().isEmpty()) {
                        return device;
                    }
                    return switch (device.name()) {
                        case "filesystem" -> FilesystemRules.filesystem(plain);
                        case "disk" -> DiskRules.disk(plain);
                        case "interface" -> InterfaceRules.networkInterface(plain, newMac);
                        case "hostdev" -> HostDeviceRules.hostDevice(plain);
                        case "console" -> CharacterRules.console(plain, consolePort.getAndIncrement());
                        case "serial" -> CharacterRules.serial(plain, serialPort.getAndIncrement());
                        default -> plain;
                    };
                }));
    }
}
