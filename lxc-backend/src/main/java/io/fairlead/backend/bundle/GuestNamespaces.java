package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.Namespace;
import io.fairlead.kit.error.EngineException;
import io.fairlead.kit.error.ErrorCode;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.process.ProcessId;
import io.fairlead.linux.sys.Errno;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import io.fairlead.xml.domain.model.SharedNamespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The namespaces that a guest gets of its own, and those that it shares with another domain, a process or the host. */
public final class GuestNamespaces {
    /** Finds a running domain's init by the domain's name. */
    @FunctionalInterface
    public interface Finder {
        Optional<ProcessId> initOf(String domainName);
    }

    private static final Map<String, String> FILES = Map.of("network", "net", "ipc", "ipc", "uts", "uts");

    private final Finder finder;
    private final HostMounts host;

    GuestNamespaces(Finder finder, HostMounts host) {
        this.finder = finder;
        this.host = host;
    }

    /** @param bundle keeps shared namespaces open until the runtime has joined them */
    List<Namespace> of(GuestPlan plan, Bundle bundle) throws IOException {
        List<Namespace> namespaces = new ArrayList<>();
        // Always its own: in the host's group tree a guest would see other guests.
        namespaces.add(BundleBuilder.own("pid"));
        namespaces.add(BundleBuilder.own("mount"));
        namespaces.add(BundleBuilder.own("cgroup"));
        for (String type : List.of("ipc", "uts")) {
            SharedNamespaces.Source shared = plan.sharing().shared().get(type);
            namespaces.add(shared == null ? BundleBuilder.own(type) : new Namespace(type, held(type, shared, bundle)));
        }
        SharedNamespaces.Source network = plan.sharing().shared().get("network");
        if (network != null) {
            namespaces.add(new Namespace("network", held("network", network, bundle)));
        } else if (plan.sharing().privateNetwork()) {
            namespaces.add(BundleBuilder.own("network"));
        }
        if (!plan.users().userIds().isEmpty()) {
            namespaces.add(BundleBuilder.own("user"));
        }
        return namespaces;
    }

    /** A path to the namespace that stays valid as long as the bundle is open, even if another process gets the pid. */
    private String held(String type, SharedNamespaces.Source shared, Bundle bundle) throws IOException {
        String file = FILES.get(type);
        return switch (shared.type()) {
            case NETNS -> bundle.hold(openNamed(type, shared));
            case PID -> bundle.hold(open(type, shared, Path.of("/proc", shared.value(), "ns", file)));
            case NAME -> {
                ProcessId init = initOf(type, shared.value());
                Fd namespace = open(type, shared, Path.of("/proc", Integer.toString(init.pid()), "ns", file));
                String path = bundle.hold(namespace);
                if (!init.isAlive()) {
                    throw notRunning(type, shared.value());
                }
                yield path;
            }
        };
    }

    /** {@code ip netns add} mounts the namespace there, on the host. */
    private Fd openNamed(String type, SharedNamespaces.Source shared) throws IOException {
        return open(type, shared, Path.of("/run/netns").resolve(shared.value()), host);
    }

    private static Fd open(String type, SharedNamespaces.Source shared, Path path) throws IOException {
        return open(type, shared, path, HostMounts.ours());
    }

    private static Fd open(String type, SharedNamespaces.Source shared, Path path, HostMounts by) throws IOException {
        try {
            return by.open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    "cannot share the %s namespace of %s %s: %s does not exist"
                            .formatted(type, shared.type().name().toLowerCase(Locale.ROOT), shared.value(), path),
                    e);
        }
    }

    private ProcessId initOf(String type, String domain) {
        return finder.initOf(domain).orElseThrow(() -> notRunning(type, domain));
    }

    private static EngineException notRunning(String type, String domain) {
        return new EngineException(
                ErrorCode.OPERATION_INVALID,
                "cannot share the %s namespace of domain %s: it is not running".formatted(type, domain));
    }
}
