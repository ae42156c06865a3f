package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.BlkioTune;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.Features;
import io.fairlead.xml.domain.model.Filesystem;
import io.fairlead.xml.domain.model.GuestOs;
import io.fairlead.xml.domain.model.IdMap;
import io.fairlead.xml.domain.model.NumaTune;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlException;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a definition to a configuration of lxc-tools, in the spelling of LXC 3 and later. */
public final class LxcExport {
    private final DomainDocument document;
    private final DomainDefinition definition;
    private final StringBuilder out = new StringBuilder();

    private LxcExport(DomainDocument document) {
        this.document = document;
        this.definition = document.definition();
    }

    /**
     * The configuration. A setting without a key in lxc-tools is refused, never left out, if the container would miss
     * it.
     *
     * @throws XmlException CONFIG_UNSUPPORTED naming the setting that can't be written
     */
    public static String convert(DomainDocument document) {
        return new LxcExport(document).text();
    }

    private String text() {
        put("lxc.uts.name", definition.name());
        put("lxc.arch", definition.os().arch());
        filesystems();
        init();
        networks();
        put("lxc.tty.max", Integer.toString(definition.devices().consoles().size()));
        ids("u", definition.idMap().uids());
        ids("g", definition.idMap().gids());
        capabilities();
        limits();
        blkio();
        refuseOthers();
        return out.toString();
    }

    private void put(String key, String value) {
        if (value.indexOf('\n') >= 0) {
            throw XmlException.unsupported("%s of more than one line".formatted(key));
        }
        out.append(key).append(" = ").append(guarded(value)).append('\n');
    }

    /** lxc-tools takes white space, then one pair of quotes from around a value: such a value gets an extra pair. */
    private static String guarded(String value) {
        boolean quoted = value.length() >= 2
                && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted || !value.equals(value.strip()) ? '"' + value + '"' : value;
    }

    private void filesystems() {
        definition.devices().filesystems().stream()
                .filter(Filesystem::isRoot)
                .findFirst()
                .ifPresentOrElse(root -> put("lxc.rootfs.path", source(root)), () -> put("lxc.rootfs.path", "/"));
        definition.devices().filesystems().stream()
                .filter(filesystem -> !filesystem.isRoot())
                .forEach(filesystem -> put("lxc.mount.entry", mountEntry(filesystem)));
    }

    private static String source(Filesystem filesystem) {
        return switch (filesystem.type()) {
            case MOUNT, BLOCK -> filesystem.source();
            default -> throw XmlException.unsupported(
                    "filesystem '%s' of a type that lxc-tools cannot mount".formatted(filesystem.target()));
        };
    }

    /** The form of fstab: spaces are written in octal, and the target is relative to the root. */
    private static String mountEntry(Filesystem filesystem) {
        String target = field(filesystem.target().replaceFirst("^/+", ""));
        String access = filesystem.readonly() ? ",ro" : "";
        return switch (filesystem.type()) {
            case RAM -> "tmpfs %s tmpfs size=%dk,nosuid,nodev%s,create=dir 0 0"
                    .formatted(target, filesystem.usageBytes() / 1024, access);
            case BLOCK -> "%s %s auto defaults%s,create=dir 0 0".formatted(field(filesystem.source()), target, access);
            default -> "%s %s none bind%s 0 0".formatted(field(source(filesystem)), target, access);
        };
    }

    private static String field(String path) {
        return path.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
    }

    private void init() {
        GuestOs os = definition.os();
        put(
                "lxc.init.cmd",
                Stream.concat(Stream.of(os.init()), os.initArgs().stream())
                        .map(LxcExport::word)
                        .collect(Collectors.joining(" ")));
        os.env().forEach(variable -> put("lxc.environment", variable.name() + "=" + variable.value()));
        os.directory().ifPresent(directory -> put("lxc.init.cwd", directory));
        os.user().ifPresent(user -> put("lxc.init.uid", number("inituser", user)));
        os.group().ifPresent(group -> put("lxc.init.gid", number("initgroup", group)));
    }

    private static String word(String argument) {
        if (argument.indexOf('\'') >= 0 && argument.indexOf('"') >= 0) {
            throw XmlException.unsupported("argument of init with both kinds of quotes: " + argument);
        }
        return LxcWords.quote(argument);
    }

    private static String number(String element, String text) {
        if (!text.matches("[0-9]+")) {
            throw XmlException.unsupported("%s '%s', where lxc-tools needs a number".formatted(element, text));
        }
        return text;
    }

    private void networks() {
        int index = 0;
        XmlElement devices = document.tree().child("devices");
        for (XmlElement device : devices.elements()) {
            if (device.is("interface") || device.is("hostdev") && "net".equals(device.attribute("type"))) {
                LxcNetworkKeys.of(index++, device).forEach(entry -> put(entry.key(), entry.value()));
            }
        }
        if (index == 0) {
            put("lxc.net.0.type", definition.features().privateNetwork() ? "empty" : "none");
        }
    }

    private void ids(String kind, Iterable<IdMap.Range> ranges) {
        for (IdMap.Range range : ranges) {
            put("lxc.idmap", "%s %d %d %d".formatted(kind, range.start(), range.target(), range.count()));
        }
    }

    private void capabilities() {
        Features features = definition.features();
        boolean deny = features.policy() == Features.CapabilityPolicy.DENY;
        String listed = Stream.of(Capability.values())
                .filter(capability -> features.capabilities().getOrDefault(capability, !deny) == deny)
                .filter(capability -> deny || features.capabilities().containsKey(capability))
                .map(Capability::xmlName)
                .collect(Collectors.joining(" "));
        if (deny) {
            put("lxc.cap.keep", listed.isEmpty() ? "none" : listed);
        } else if (!listed.isEmpty()) {
            put("lxc.cap.drop", listed);
        }
    }

    private void limits() {
        number("lxc.cgroup.memory.limit_in_bytes", definition.memoryTune().hardLimitBytes());
        number("lxc.cgroup.memory.soft_limit_in_bytes", definition.memoryTune().softLimitBytes());
        number("lxc.cgroup.memory.memsw.limit_in_bytes", definition.memoryTune().swapHardLimitBytes());
        number("lxc.cgroup.cpu.shares", definition.cpuTune().shares());
        number("lxc.cgroup.cpu.cfs_period_us", definition.cpuTune().periodMicros());
        number("lxc.cgroup.cpu.cfs_quota_us", definition.cpuTune().quotaMicros());
        definition.vcpus().cpuset().ifPresent(set -> put("lxc.cgroup.cpuset.cpus", set.toString()));
        definition
                .numaTune()
                .flatMap(NumaTune::nodeset)
                .ifPresent(set -> put("lxc.cgroup.cpuset.mems", set.toString()));
    }

    private void number(String key, OptionalLong value) {
        value.ifPresent(number -> put(key, Long.toString(number)));
    }

    private void blkio() {
        BlkioTune tune = definition.blkioTune();
        tune.weight().ifPresent(weight -> put("lxc.cgroup.blkio.weight", Integer.toString(weight)));
        for (BlkioTune.Device device : tune.devices()) {
            String throttle = "lxc.cgroup.blkio.throttle.";
            device.weight().ifPresent(weight -> rate("lxc.cgroup.blkio.device_weight", device, weight));
            device.readBytes().ifPresent(rate -> rate(throttle + "read_bps_device", device, rate));
            device.writeBytes().ifPresent(rate -> rate(throttle + "write_bps_device", device, rate));
            device.readIops().ifPresent(rate -> rate(throttle + "read_iops_device", device, rate));
            device.writeIops().ifPresent(rate -> rate(throttle + "write_iops_device", device, rate));
        }
    }

    private void rate(String key, BlkioTune.Device device, long rate) {
        String prefix = "/dev/block/";
        if (!device.path().startsWith(prefix)) {
            throw XmlException.unsupported(
                    "blkio device '%s', where lxc-tools needs %sMAJOR:MINOR".formatted(device.path(), prefix));
        }
        put(key, device.path().substring(prefix.length()) + " " + rate);
    }

    private void refuseOthers() {
        if (!definition.devices().disks().isEmpty()) {
            throw XmlException.unsupported("disks cannot be written for lxc-tools");
        }
        boolean moved = document.tree().child("devices").elements("hostdev").stream()
                .anyMatch(device -> !"net".equals(device.attribute("type")));
        if (moved) {
            throw XmlException.unsupported("host devices other than net cannot be written for lxc-tools");
        }
    }
}
