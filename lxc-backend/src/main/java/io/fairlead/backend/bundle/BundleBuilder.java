package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.OciSpec.IdMapping;
import io.fairlead.backend.bundle.OciSpec.Linux;
import io.fairlead.backend.bundle.OciSpec.Namespace;
import io.fairlead.backend.bundle.OciSpec.Personality;
import io.fairlead.core.backend.LaunchPlan;
import io.fairlead.core.backend.LaunchRequest;
import io.fairlead.linux.cgroup.CgroupLayout;
import io.fairlead.linux.mount.HostMounts;
import io.fairlead.linux.mount.MountTable;
import io.fairlead.xml.domain.DomainDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Builds a guest's configuration, with one class per part of it. Safe for concurrent use. */
public final class BundleBuilder {
    private final CgroupLayout layout;
    private final boolean crun;
    private final boolean delegated;
    private final GuestNamespaces namespaces;
    private final Set<String> ownCapabilities;
    private final HostMounts host;
    private final TreeMaker trees;
    private final Executor later;

    /**
     * @param crun whether the runtime is crun, or else runc
     * @param namespaces finds the init of another domain
     * @param host gives access to the host's files, the sources of mounts; the caller closes it
     * @param later runs work that no start waits for
     */
    public BundleBuilder(
            CgroupLayout layout, boolean crun, GuestNamespaces.Finder namespaces, HostMounts host, Executor later)
            throws IOException {
        this(layout, crun, namespaces, CapabilityPolicy.ownCapabilities(), host, new MountedTrees(host, crun), later);
    }

    /** For configurations that no guest is started with. Mounts nothing. */
    public BundleBuilder(CgroupLayout layout, boolean crun, GuestNamespaces.Finder namespaces) throws IOException {
        this(layout, crun, namespaces, CapabilityPolicy.ownCapabilities());
    }

    BundleBuilder(CgroupLayout layout, boolean crun, GuestNamespaces.Finder namespaces, Set<String> ownCapabilities)
            throws IOException {
        this(layout, crun, namespaces, ownCapabilities, HostMounts.ours(), TreeMaker::unmounted, Runnable::run);
    }

    private BundleBuilder(
            CgroupLayout layout,
            boolean crun,
            GuestNamespaces.Finder namespaces,
            Set<String> ownCapabilities,
            HostMounts host,
            TreeMaker trees,
            Executor later)
            throws IOException {
        this.layout = layout;
        this.crun = crun;
        this.delegated = MountTable.own().entries().stream()
                .anyMatch(mount ->
                        mount.type().equals("cgroup2") && mount.superOptions().contains("nsdelegate"));
        this.namespaces = new GuestNamespaces(namespaces, host);
        this.ownCapabilities = ownCapabilities;
        this.host = host;
        this.trees = trees;
        this.later = later;
    }

    /**
     * Reads a definition, and refuses one that cannot be honoured. Changes nothing.
     *
     * @throws io.fairlead.kit.error.EngineException CONFIG_UNSUPPORTED or XML_ERROR, naming the element
     */
    public LaunchPlan plan(DomainDocument definition) {
        GuestPlan plan = PlanReader.read(definition);
        Refusal.unless(crun || !plan.identity().thirtyTwoBit(), "os type arch='i686': runc cannot, crun can");
        return plan;
    }

    /** The cgroup partition of a definition; it begins with a slash. */
    public static String partition(DomainDocument definition) {
        return PlanReader.partition(definition);
    }

    /**
     * The first half: attaches the files that the monitor must keep open. The caller closes the result.
     *
     * @param plan made by {@link #plan}
     * @throws IOException naming the file that cannot be attached
     */
    public Bundle begin(LaunchPlan plan, LaunchRequest request) throws IOException {
        Bundle bundle = new Bundle(((GuestPlan) plan).with(request), host, later);
        try {
            bundle.attachDisks();
            return bundle;
        } catch (IOException | RuntimeException e) {
            bundle.close();
            throw e;
        }
    }

    /**
     * The second half: the configuration, and the mounts on the host that it needs.
     *
     * @param mountPoint where the guest's tree is mounted; other names that begin with it are used, too
     * @param cgroup path of the guest's own group
     * @throws IOException naming the missing source, init or user
     */
    public OciSpec complete(Bundle bundle, Path mountPoint, String cgroup) throws IOException {
        GuestPlan plan = bundle.plan();
        CapabilityPolicy capabilities = CapabilityPolicy.of(plan.confinement(), ownCapabilities);
        GuestTree tree = trees.make(plan, bundle, mountPoint);
        // In a user namespace the kernel lets no runtime drop them.
        bundle.treeIs(tree, crun && !plan.users().mapped() ? tree.rootFlags() : Set.of());
        GuestDevices devices = GuestDevices.of(plan, bundle, capabilities);
        return new OciSpec(
                "1.0.2",
                InitProcess.of(plan, capabilities, tree),
                // A read-only root is read-only already.
                new OciSpec.Root(tree.root().toString(), false),
                hostName(plan),
                new GuestMountsPlan(layout, plan, tree, cgroup).all(),
                linux(bundle, capabilities, devices, cgroup));
    }

    private Linux linux(Bundle bundle, CapabilityPolicy capabilities, GuestDevices devices, String cgroup)
            throws IOException {
        GuestPlan plan = bundle.plan();
        Confinement confinement = plan.confinement();
        return new Linux(
                mappings(plan.users().userIds()),
                mappings(plan.users().groupIds()),
                namespaces.of(plan, bundle),
                devices.nodes(),
                cgroup,
                GuestLimits.of(plan.limits(), devices.rules()),
                confinement.propagation(),
                confinement.kernelSettings(),
                confinement.filter() == Confinement.Filter.STANDARD
                        ? SystemCallFilter.of(capabilities.granted(), capabilities.named())
                        : null,
                confinement.masked(),
                readOnly(plan),
                plan.identity().thirtyTwoBit() ? new Personality("LINUX32") : null);
    }

    private List<String> readOnly(GuestPlan plan) {
        List<String> paths = plan.confinement().readOnly();
        boolean unprotected = layout.unified() && !delegated && !plan.users().mapped();
        return unprotected
                ? Stream.concat(paths.stream(), GuestLimitFiles.PATHS.stream()).toList()
                : paths;
    }

    // A host name consists of letters, digits, dots and dashes. libvirt, too, drops other characters of a domain's
    // name.
    private static String hostName(GuestPlan plan) {
        if (plan.sharing().shared().containsKey("uts")) {
            return null;
        }
        String name = plan.name().replaceAll("[^A-Za-z0-9.-]", "");
        return name.length() > 64 ? name.substring(0, 64) : name;
    }

    private static List<IdMapping> mappings(List<GuestPlan.IdRange> ranges) {
        List<IdMapping> mappings = new ArrayList<>();
        for (GuestPlan.IdRange range : ranges) {
            mappings.add(new IdMapping(range.start(), range.target(), range.count()));
        }
        return mappings;
    }

    static Namespace own(String type) {
        return new Namespace(type, null);
    }
}
