package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.SharedNamespace;
import io.fairlead.backend.bundle.OciSpec.Namespace;
import io.fairlead.core.error.EngineException;
import io.fairlead.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Which namespaces a guest gets of its own, and which it shares with another domain, a process or the host. */
public final class GuestNamespaces {
    /** Finds the host's pid of a running domain's init by the domain's name. */
    @FunctionalInterface
    public interface Finder {
        OptionalInt initOf(String domainName);
    }

    private static final Map<String, String> FILES = Map.of("network", "net", "ipc", "ipc", "uts", "uts");

    private final Finder finder;

    GuestNamespaces(Finder finder) {
        this.finder = finder;
    }

    List<Namespace> of(GuestPlan plan) {
        List<Namespace> namespaces = new ArrayList<>();
        // Always its own: a guest that sees the host's group tree learns about its neighbours.
        namespaces.add(BundleBuilder.own("pid"));
        namespaces.add(BundleBuilder.own("mount"));
        namespaces.add(BundleBuilder.own("cgroup"));
        for (String type : List.of("ipc", "uts")) {
            SharedNamespace shared = plan.shared().get(type);
            namespaces.add(shared == null ? BundleBuilder.own(type) : new Namespace(type, path(type, shared)));
        }
        SharedNamespace network = plan.shared().get("network");
        if (network != null) {
            namespaces.add(new Namespace("network", path("network", network)));
        } else if (plan.privateNetwork()) {
            namespaces.add(BundleBuilder.own("network"));
        }
        if (!plan.userIds().isEmpty()) {
            namespaces.add(BundleBuilder.own("user"));
        }
        return namespaces;
    }

    private String path(String type, SharedNamespace shared) {
        String file = FILES.get(type);
        Path path =
                switch (shared.type()) {
                    case "netns" -> Path.of("/run/netns").resolve(shared.value());
                    case "pid" -> Path.of("/proc", shared.value(), "ns", file);
                    default -> Path.of("/proc", Integer.toString(initOf(type, shared.value())), "ns", file);
                };
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new EngineException(
                    ErrorCode.OPERATION_INVALID,
                    "cannot share the %s namespace of %s %s: %s does not exist"
                            .formatted(type, shared.type(), shared.value(), path));
        }
        return path.toString();
    }

    private int initOf(String type, String domain) {
        return finder.initOf(domain)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.OPERATION_INVALID,
                        "cannot share the %s namespace of domain %s: it is not running".formatted(type, domain)));
    }
}
