package io.fairlead.xml.domain.read;

import io.fairlead.xml.domain.model.Console;
import io.fairlead.xml.domain.model.Devices;
import io.fairlead.xml.domain.model.Disk;
import io.fairlead.xml.domain.model.Filesystem;
import io.fairlead.xml.domain.model.HostDevice;
import io.fairlead.xml.domain.model.SecurityLabel;
import io.fairlead.xml.domain.model.VolumeSource;
import io.fairlead.xml.tree.XmlElement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The devices element. */
final class DeviceReader {
    private DeviceReader() {}

    static Devices devices(XmlElement domain) {
        XmlElement devices = domain.child("devices");
        return new Devices(
                Fields.text(devices, "emulator").orElse(""),
                devices.elements("filesystem").stream()
                        .map(DeviceReader::filesystem)
                        .toList(),
                devices.elements("disk").stream().map(DeviceReader::disk).toList(),
                devices.elements("interface").stream()
                        .map(InterfaceReader::networkInterface)
                        .toList(),
                devices.elements("hostdev").stream()
                        .map(DeviceReader::hostDevice)
                        .toList(),
                devices.elements("console").stream().map(DeviceReader::console).toList(),
                devices.elements("serial").stream().map(DeviceReader::console).toList(),
                domain.elements("seclabel").stream()
                        .map(DeviceReader::securityLabel)
                        .toList());
    }

    private static Filesystem filesystem(XmlElement element) {
        Filesystem.Type type =
                Fields.constant(Filesystem.Type.class, element.attribute("type", "mount"), element, "type");
        XmlElement source = element.child("source");
        Optional<VolumeSource> volume = type == Filesystem.Type.VOLUME ? volumeOf(source) : Optional.empty();
        long usageBytes = type == Filesystem.Type.RAM
                ? 1024
                        * Fields.attributeNumber(source, "usage", 0, Long.MAX_VALUE / 1024)
                                .orElse(0)
                : 0;
        return new Filesystem(
                type,
                element.attribute("accessmode", "passthrough"),
                Fields.attributeOf(element, "driver", "type"),
                Fields.attributeOf(element, "driver", "format"),
                sourceOf(source, "dir", "file", "dev", "name").orElse(""),
                volume,
                usageBytes,
                Fields.attributeOf(element, "target", "dir").orElse(""),
                element.child("readonly") != null,
                Fields.memoryBytes(element, "space_hard_limit"),
                Fields.memoryBytes(element, "space_soft_limit"));
    }

    private static Optional<VolumeSource> volumeOf(XmlElement source) {
        return Optional.of(new VolumeSource(source.attribute("pool", ""), source.attribute("volume", "")));
    }

    private static Optional<String> sourceOf(XmlElement source, String... attributes) {
        return source == null
                ? Optional.empty()
                : Stream.of(attributes).filter(source::has).findFirst().map(source::attribute);
    }

    private static Disk disk(XmlElement element) {
        return new Disk(
                element.attribute("type", "file"),
                element.attribute("device", "disk"),
                Fields.attributeOf(element, "driver", "name"),
                Fields.attributeOf(element, "driver", "type"),
                Fields.attributeOf(element, "driver", "cache"),
                sourceOf(element.child("source"), "file", "dev", "dir"),
                element.attribute("type", "file").equals("volume")
                        ? volumeOf(element.child("source"))
                        : Optional.empty(),
                Fields.attributeOf(element, "target", "dev").orElse(""),
                element.child("readonly") != null);
    }

    private static HostDevice hostDevice(XmlElement element) {
        String mode = element.attribute("mode", "subsystem");
        String type = element.attribute("type", "");
        XmlElement source = element.child("source");
        if (mode.equals("capabilities")) {
            switch (type) {
                case "storage":
                    return new HostDevice.Storage(Fields.text(source, "block").orElse(""));
                case "misc":
                    return new HostDevice.Misc(Fields.text(source, "char").orElse(""));
                case "net":
                    return new HostDevice.Net(Fields.text(source, "interface").orElse(""));
                default:
                    return new HostDevice.Unsupported(mode, type);
            }
        }
        if (mode.equals("subsystem") && type.equals("usb")) {
            XmlElement address = source == null ? null : source.child("address");
            return new HostDevice.Usb(
                    usbId(source, "vendor"),
                    usbId(source, "product"),
                    small(Fields.attributeNumber(address, "bus", 0, Integer.MAX_VALUE)),
                    small(Fields.attributeNumber(address, "device", 0, Integer.MAX_VALUE)));
        }
        return new HostDevice.Unsupported(mode, type);
    }

    private static OptionalInt usbId(XmlElement source, String name) {
        return small(Fields.attributeNumber(source == null ? null : source.child(name), "id", 0, 0xffff));
    }

    private static OptionalInt small(OptionalLong number) {
        return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) number.getAsLong());
    }

    private static Console console(XmlElement element) {
        XmlElement target = element.child("target");
        return new Console(
                element.attribute("type", "pty"),
                target == null ? "lxc" : target.attribute("type", "lxc"),
                (int) Fields.attributeNumber(target, "port", 0, Integer.MAX_VALUE)
                        .orElse(0),
                Fields.attributeOf(element, "log", "file").filter(file -> !file.isEmpty()),
                Fields.attributeOf(element, "log", "append").map("on"::equals).orElse(false));
    }

    private static SecurityLabel securityLabel(XmlElement element) {
        return new SecurityLabel(
                Fields.attribute(element, "type"),
                Fields.attribute(element, "model"),
                Fields.attribute(element, "relabel").map("yes"::equals),
                Fields.text(element, "label"),
                Fields.text(element, "imagelabel"),
                Fields.text(element, "baselabel"));
    }
}
