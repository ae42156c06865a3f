package io.fairlead.xml.nativeconfig;

import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Capability;
import io.fairlead.xml.domain.normal.DomainDefaults;
import io.fairlead.xml.domain.normal.Normaliser;
import io.fairlead.xml.tree.XmlElement;
import io.fairlead.xml.tree.XmlErrorKind;
import io.fairlead.xml.tree.XmlException;
import io.fairlead.xml.tree.XmlWriter;
import io.fairlead.xml.value.CpuSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a configuration of lxc-tools to a definition. Keys without a meaning for a definition are passed over. */
public final class LxcImport {
    private static final Map<String, String> ARCHS = Map.of("x86", "i686", "amd64", "x86_64");

    private final LxcConfig config;

    private LxcImport(LxcConfig config) {
        this.config = config;
    }

    /**
     * The definition that a configuration describes. It can be defined as it is: unlike libvirt's, it has the host's
     * architecture when none is named, addresses for all interfaces, and identity maps the right way round.
     *
     * @throws XmlException in libvirt's words for settings that can't be converted
     */
    public static DomainDocument convert(String text, DomainDefaults defaults) {
        return DomainDocument.of(new LxcImport(LxcConfig.parse(text)).domain(), defaults);
    }

    /**
     * The text for a client. Like libvirt's, it names no architecture unless the configuration does: the domain gets
     * that of the host where it is defined.
     */
    public static String text(String config, DomainDefaults defaults) {
        LxcImport read = new LxcImport(LxcConfig.parse(config));
        DomainDocument document = DomainDocument.of(read.domain(), defaults);
        return read.arch().isPresent()
                ? document.toXml()
                : XmlWriter.document(
                        document.tree().mapChild("os", os -> os.mapChild("type", type -> type.without("arch"))));
    }

    /** libvirt's name of it; empty for one that libvirt does not know. */
    private Optional<String> arch() {
        return config.first("lxc.arch")
                .map(arch -> ARCHS.getOrDefault(arch, arch))
                .filter(Normaliser::isArchitecture);
    }

    private XmlElement domain() {
        String name = config.first("lxc.uts.name", "lxc.utsname").orElseThrow(() -> missing("lxc.uts.name"));
        if (config.first("lxc.mount.fstab", "lxc.mount").isPresent()) {
            throw new XmlException(
                    XmlErrorKind.ARGUMENT_UNSUPPORTED,
                    "lxc.mount.fstab or lxc.mount found, use lxc.mount.entry lines instead");
        }
        XmlElement devices = devices();
        XmlElement domain = XmlElement.of("domain").with("type", "lxc").plus(XmlElement.of("name", name));
        domain = LxcLimits.apply(config, domain);
        domain = domain.plus(os());
        domain = idMap(domain);
        return domain.plus(features()).plus(devices);
    }

    private XmlElement os() {
        XmlElement type = XmlElement.of("type", "exe");
        XmlElement named = arch().map(arch -> type.with("arch", arch)).orElse(type);
        XmlElement os = XmlElement.of("os").plus(named);
        List<String> command = config.first("lxc.init.cmd", "lxc.init_cmd")
                .map(LxcWords::split)
                .filter(words -> !words.isEmpty())
                .orElse(List.of("/sbin/init"));
        if (command.size() > LxcConfig.ENTRIES_MAX) {
            throw internal("lxc.init.cmd has more than %d words".formatted(LxcConfig.ENTRIES_MAX));
        }
        os = os.plus(XmlElement.of("init", command.get(0)));
        for (String argument : command.subList(1, command.size())) {
            os = os.plus(XmlElement.of("initarg", argument));
        }
        for (String variable : config.all("lxc.environment").toList()) {
            int equals = variable.indexOf('=');
            if (equals > 0 && equals < variable.length() - 1) {
                os = os.plus(XmlElement.of("initenv", variable.substring(equals + 1))
                        .with("name", variable.substring(0, equals)));
            }
        }
        os = withText(os, "initdir", "lxc.init.cwd");
        os = withText(os, "inituser", "lxc.init.uid");
        return withText(os, "initgroup", "lxc.init.gid");
    }

    private XmlElement withText(XmlElement parent, String child, String key) {
        return config.first(key)
                .map(text -> parent.plus(XmlElement.of(child, text)))
                .orElse(parent);
    }

    private XmlElement idMap(XmlElement domain) {
        List<LxcConfig.Entry> maps = config.entries().stream()
                .filter(entry -> entry.key().equals("lxc.idmap") || entry.key().equals("lxc.id_map"))
                .toList();
        if (maps.isEmpty()) {
            return domain;
        }
        XmlElement map = XmlElement.of("idmap");
        for (LxcConfig.Entry entry : maps) {
            String[] words = entry.value().split("\\s+");
            if (words.length != 4 || !Set.of("u", "g").contains(words[0])) {
                throw internal("invalid %s: '%s'".formatted(entry.key(), entry.value()));
            }
            // "u INSIDE HOST COUNT" (lxc.container.conf(5)); libvirt 9.0 reads the two the other way round.
            map = map.plus(XmlElement.of(words[0].equals("u") ? "uid" : "gid")
                    .with("start", words[1])
                    .with("target", words[2])
                    .with("count", words[3]));
        }
        return domain.plus(map);
    }

    private XmlElement features() {
        Set<String> dropped = config.all("lxc.cap.drop")
                .flatMap(value -> Stream.of(value.split("\\s+")))
                .collect(Collectors.toSet());
        Set<String> kept = config.all("lxc.cap.keep")
                .flatMap(value -> Stream.of(value.split("\\s+")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        XmlElement capabilities = XmlElement.of("capabilities").with("policy", kept.isEmpty() ? "allow" : "deny");
        for (Capability capability : Capability.values()) {
            String name = capability.xmlName();
            if (dropped.contains(name)) {
                capabilities = capabilities.plus(XmlElement.of(name).with("state", "off"));
            } else if (kept.contains(name)) {
                capabilities = capabilities.plus(XmlElement.of(name).with("state", "on"));
            }
        }
        XmlElement features = XmlElement.of("features").plus(capabilities);
        boolean network = config.entries().stream()
                .anyMatch(entry ->
                        entry.key().startsWith("lxc.net.") || entry.key().startsWith("lxc.network."));
        // Without any network key, and with type "empty", lxc-tools gives a loopback and nothing else.
        boolean empty = config.entries().stream()
                .anyMatch(entry -> entry.key().matches("lxc\\.(network|net\\.[0-9]+)\\.type")
                        && (entry.value().equals("empty") || entry.value().isEmpty()));
        return network && !empty ? features : features.plus(XmlElement.of("privnet"));
    }

    private XmlElement devices() {
        XmlElement devices = XmlElement.of("devices");
        String root = config.first("lxc.rootfs.path", "lxc.rootfs").orElseThrow(() -> missing("lxc.rootfs.path"));
        devices = devices.plus(LxcMounts.root(root));
        for (String entry : config.all("lxc.mount.entry").toList()) {
            devices = LxcMounts.entry(entry).map(devices::plus).orElse(devices);
        }
        for (XmlElement device : LxcNetworks.devices(config)) {
            devices = devices.plus(device);
        }
        return consoles(devices);
    }

    private XmlElement consoles(XmlElement devices) {
        String wanted = config.first("lxc.tty.max", "lxc.tty").orElse("0");
        if (!wanted.matches("[0-9]{1,4}")) {
            throw internal("failed to parse int: '%s'".formatted(wanted));
        }
        XmlElement all = devices;
        for (int i = 0; i < Integer.parseInt(wanted); i++) {
            all = all.plus(XmlElement.of("console").with("type", "pty"));
        }
        return all;
    }

    /** A processor set in a cgroup key, checked. */
    static String cpuSet(String text) {
        return CpuSet.parse(text).toString();
    }

    static XmlException internal(String message) {
        return new XmlException(XmlErrorKind.INTERNAL_ERROR, message);
    }

    private static XmlException missing(String key) {
        return internal("the configuration has no %s".formatted(key));
    }
}
