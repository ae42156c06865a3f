package io.fairlead.linux.cgroup;

import io.fairlead.linux.mount.MountEntry;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.linux.sys.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which cgroup trees this host has mounted, and which of them has a controller. Detected once. */
public final class CgroupLayout {
    /** How the trees are combined. */
    public enum Kind {
        /** Only v1 trees. */
        V1,
        /** v1 trees with the controllers, and a v2 tree beside them. */
        HYBRID,
        /** One v2 tree for everything. */
        V2,
        /** None mounted. */
        NONE
    }

    private final Kind kind;
    private final List<Hierarchy> hierarchies;
    private final Map<String, Hierarchy> byController = new HashMap<>();
    private final Map<String, String> ownPaths;

    private CgroupLayout(List<Hierarchy> hierarchies, Map<String, String> ownPaths) {
        this.hierarchies = List.copyOf(hierarchies);
        this.ownPaths = Map.copyOf(ownPaths);
        boolean one = false;
        boolean two = false;
        for (Hierarchy hierarchy : hierarchies) {
            one |= !hierarchy.unified();
            two |= hierarchy.unified();
            for (String controller : hierarchy.controllers()) {
                byController.putIfAbsent(controller, hierarchy);
            }
        }
        kind = one && two ? Kind.HYBRID : two ? Kind.V2 : one ? Kind.V1 : Kind.NONE;
    }

    /** As our own mount namespace sees it. */
    public static CgroupLayout detect() throws IOException {
        return of(
                MountTable.own(),
                KernelFile.read(Path.of("/proc/self/cgroup")),
                mountPoint -> readControllers(mountPoint.resolve("cgroup.controllers")));
    }

    /** @param v2Controllers gives the controllers that the root of a v2 tree offers */
    static CgroupLayout of(MountTable mounts, String ownCgroups, Function<Path, Set<String>> v2Controllers) {
        Map<String, String> ownPaths = new HashMap<>();
        for (String line : KernelFile.lines(ownCgroups)) {
            String[] fields = line.split(":", 3); // number:controllers:path
            for (String controller : fields[1].split(",")) {
                ownPaths.put(controller, fields[2]);
            }
        }
        List<Hierarchy> hierarchies = new ArrayList<>();
        Set<Set<String>> seen = new LinkedHashSet<>();
        for (MountEntry mount : mounts.entries()) {
            Hierarchy hierarchy = hierarchy(mount, ownPaths.keySet(), v2Controllers);
            if (hierarchy != null && mounts.at(mount.target()).orElseThrow().equals(mount)) {
                // A tree may be mounted at several places, for instance in a chroot; the first is the usual one.
                Set<String> identity = hierarchy.unified() ? Set.of("") : hierarchy.controllers();
                if (seen.add(identity)) {
                    hierarchies.add(hierarchy);
                }
            }
        }
        return new CgroupLayout(hierarchies, ownPaths);
    }

    private static Hierarchy hierarchy(MountEntry mount, Set<String> known, Function<Path, Set<String>> v2Controllers) {
        if (mount.type().equals("cgroup2")) {
            return new Hierarchy(2, mount.target(), mount.root(), v2Controllers.apply(mount.target()));
        }
        if (!mount.type().equals("cgroup")) {
            return null;
        }
        Set<String> controllers = new LinkedHashSet<>(mount.superOptions());
        // Options such as xattr or noprefix stand among the controllers; /proc/self/cgroup has only controllers.
        controllers.retainAll(known);
        return new Hierarchy(1, mount.target(), mount.root(), controllers);
    }

    private static Set<String> readControllers(Path file) {
        try {
            return Files.exists(file) ? words(KernelFile.read(file)) : Set.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.trim().split("\\s+"));
    }

    public Kind kind() {
        return kind;
    }

    /** Whether limits are set and usage is read the v2 way. */
    public boolean unified() {
        return kind == Kind.V2;
    }

    public List<Hierarchy> hierarchies() {
        return hierarchies;
    }

    /** The tree that has this controller ({@code cpu}, {@code memory}, {@code name=systemd}...). */
    public Optional<Hierarchy> with(String controller) {
        return Optional.ofNullable(byController.get(controller));
    }

    /** Every controller of the host, in every tree. */
    public Set<String> controllers() {
        return Set.copyOf(byController.keySet());
    }

    /** Our own group in a tree. */
    public String ownPath(Hierarchy hierarchy) {
        String key = hierarchy.unified()
                ? ""
                : hierarchy.controllers().stream().findFirst().orElse("");
        return ownPaths.getOrDefault(key, "/");
    }

    /**
     * A group, which need not exist.
     *
     * @param path begins with a slash, without empty parts, {@code .} or {@code ..}
     */
    public Cgroup group(String path) {
        return new Cgroup(this, path);
    }

    @Override
    public String toString() {
        return "%s %s".formatted(kind, hierarchies);
    }
}
