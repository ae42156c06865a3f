package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.HostNode;
import io.fairlead.backend.bundle.GuestPlan.Identity;
import io.fairlead.backend.bundle.GuestPlan.Init;
import io.fairlead.backend.bundle.GuestPlan.Sharing;
import io.fairlead.backend.bundle.GuestPlan.Storage;
import io.fairlead.backend.bundle.GuestPlan.Users;
import io.fairlead.core.backend.Stdio;
import io.fairlead.xml.domain.DomainDocument;
import io.fairlead.xml.domain.model.Clock;
import io.fairlead.xml.domain.model.Console;
import io.fairlead.xml.domain.model.DomainDefinition;
import io.fairlead.xml.domain.model.GuestOs;
import io.fairlead.xml.domain.model.HostDevice;
import io.fairlead.xml.domain.model.SecurityLabel;
import io.fairlead.xml.domain.model.SharedNamespaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the parts of a definition that have an effect on a guest, and refuses those whose effect is not supported.
 * Reads nothing but the definition.
 */
final class PlanReader {
    /** libvirt's default, if the definition names none. */
    static final String DEFAULT_PARTITION = "/machine";

    private static final Map<String, String> TIMER_NODES = Map.of("rtc", "/dev/rtc0", "hpet", "/dev/hpet");

    private PlanReader() {}

    static String partition(DomainDocument document) {
        return document.definition().partition().orElse(DEFAULT_PARTITION);
    }

    static GuestPlan read(DomainDocument document) {
        DomainDefinition definition = document.definition();
        refuseUnknown(definition);
        return new GuestPlan(
                document,
                new Identity(
                        definition.name(),
                        definition.uuid(),
                        partition(document),
                        definition.os().arch().equals("i686")),
                init(definition),
                Stdio.TERMINAL,
                new Storage(
                        StorageReader.filesystems(definition.devices().filesystems()),
                        StorageReader.disks(definition.devices().disks()),
                        hostNodes(definition)),
                new Users(
                        IdRanges.read("uid", definition.idMap().uids()),
                        IdRanges.read("gid", definition.idMap().gids())),
                new Sharing(definition.features().privateNetwork(), shared(definition.namespaces())),
                Confinement.of(definition.features()),
                LimitsReader.read(definition));
    }

    private static void refuseUnknown(DomainDefinition definition) {
        Refusal.unless(
                definition.os().arch().matches("x86_64|i686")
                        || isHostArch(definition.os().arch()),
                "os type arch='%s'",
                definition.os().arch());
        Refusal.unlessValid(
                definition.partition().orElse(DEFAULT_PARTITION).matches("(/(?!\\.{1,2}(/|$))[^/\\n]+)++"),
                "resource partition '%s' (expected: /name/name...)",
                definition.partition().orElse(""));
        Refusal.unless(
                definition.devices().interfaces().isEmpty(),
                "interface: networks are not there yet; use privnet or none");
        List<Console> consoles = definition.devices().consoles();
        Refusal.unless(consoles.size() <= 1, "more than one console");
        ConsoleFiles.of(definition); // refuses paths that make no sense
        for (Console console : consoles) {
            Refusal.unless(console.type().equals("pty"), "console type='%s'", console.type());
        }
        for (SecurityLabel label : definition.devices().securityLabels()) {
            String type = label.type().orElse("dynamic");
            Refusal.unless(type.equals("none") || label.label().isEmpty(), "seclabel type='%s'", type);
        }
    }

    private static boolean isHostArch(String arch) {
        String host = System.getProperty("os.arch");
        return arch.equals(host.equals("amd64") ? "x86_64" : host);
    }

    private static Init init(DomainDefinition definition) {
        GuestOs os = definition.os();
        Refusal.unlessValid(os.init() != null && !os.init().isEmpty(), "os without init");
        os.directory()
                .ifPresent(directory -> Refusal.unlessValid(
                        directory.startsWith("/"), "initdir '%s' (expected: an absolute path)", directory));
        List<String> command = new ArrayList<>();
        command.add(os.init());
        command.addAll(os.initArgs());
        return new Init(
                command,
                libvirtsVariables(definition),
                os.env().stream()
                        .map(variable -> variable.name() + "=" + variable.value())
                        .toList(),
                os.directory().orElse(null),
                os.user().orElse(null),
                os.group().orElse(null));
    }

    // The order and the values are those of libvirt's own driver.
    private static List<String> libvirtsVariables(DomainDefinition definition) {
        List<String> variables = new ArrayList<>(List.of(
                "PATH=/bin:/sbin",
                "TERM=linux",
                "container=lxc-libvirt",
                "HOME=/",
                "container_uuid=" + definition.uuid(),
                "LIBVIRT_LXC_UUID=" + definition.uuid(),
                "LIBVIRT_LXC_NAME=" + definition.name()));
        definition.os().cmdline().ifPresent(line -> variables.add("LIBVIRT_LXC_CMDLINE=" + line));
        return variables;
    }

    private static List<HostNode> hostNodes(DomainDefinition definition) {
        List<HostNode> nodes = new ArrayList<>();
        for (Clock.Timer timer : definition.clock().timers()) {
            if (TIMER_NODES.containsKey(timer.name()) && timer.present().orElse(true)) {
                nodes.add(HostNode.same(TIMER_NODES.get(timer.name()), false, "r"));
            }
        }
        for (HostDevice device : definition.devices().hostDevices()) {
            nodes.add(hostNode(device));
        }
        return nodes;
    }

    private static HostNode hostNode(HostDevice device) {
        if (device instanceof HostDevice.Storage storage) {
            return HostNode.same(StorageReader.absolute("hostdev block", storage.block()), true, "rwm");
        }
        if (device instanceof HostDevice.Misc misc) {
            return HostNode.same(StorageReader.absolute("hostdev char", misc.character()), false, "rwm");
        }
        if (device instanceof HostDevice.Usb usb) {
            return HostNode.same(UsbNodes.path(usb), false, "rwm");
        }
        if (device instanceof HostDevice.Net net) {
            throw Refusal.of("hostdev capabilities type='net' (%s): networks are not there yet", net.link());
        }
        HostDevice.Unsupported other = (HostDevice.Unsupported) device;
        throw Refusal.of("hostdev mode='%s' type='%s'", other.mode(), other.type());
    }

    private static Map<String, SharedNamespaces.Source> shared(SharedNamespaces namespaces) {
        Map<String, SharedNamespaces.Source> shared = new HashMap<>();
        put(shared, "network", namespaces.net());
        put(shared, "ipc", namespaces.ipc());
        put(shared, "uts", namespaces.uts());
        return shared;
    }

    private static void put(
            Map<String, SharedNamespaces.Source> shared, String type, Optional<SharedNamespaces.Source> source) {
        source.ifPresent(found -> {
            String value = found.value();
            switch (found.type()) {
                case NAME -> {} // another domain: looked up at start
                case PID -> Refusal.unlessValid(value.matches("[1-9]\\d{0,9}"), "namespace of pid '%s'", value);
                case NETNS -> {
                    Refusal.unless(type.equals("network"), "netns for the %s namespace", type);
                    Refusal.unlessValid(value.matches("(?!\\.{1,2}$)[^/]+"), "network namespace '%s'", value);
                }
            }
            shared.put(type, found);
        });
    }
}
