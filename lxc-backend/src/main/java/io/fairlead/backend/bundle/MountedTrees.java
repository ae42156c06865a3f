package io.fairlead.backend.bundle;

import io.fairlead.linux.mount.HostMounts;
import java.io.IOException;
import java.nio.file.Path;

/** Makes mounted trees, for guests that are started. */
final class MountedTrees implements TreeMaker {
    private final HostMounts host;
    private final boolean crun;

    MountedTrees(HostMounts host, boolean crun) {
        this.host = host;
        this.crun = crun;
    }

    @Override
    public GuestTree make(GuestPlan plan, Bundle bundle, Path place) throws IOException {
        return TreeAssembly.assemble(plan, new MountSources(plan, bundle, host), crun, place);
    }
}
