package io.fairlead.backend.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the tree that a guest gets as its root. */
@FunctionalInterface
interface TreeMaker {
    /**
     * @param bundle keeps the devices of files that have to be attached
     * @param place in the guest's folder; nothing is there, and names that begin with it are free, too
     * @throws IOException naming the source or the target that cannot be mounted; nothing is left behind
     */
    GuestTree make(GuestPlan plan, Bundle bundle, Path place) throws IOException;

    /** Of nothing but the folder of the root: for a configuration that no guest is ever started with. */
    static GuestTree unmounted(GuestPlan plan, Bundle bundle, Path place) throws IOException {
        String source = plan.root().source();
        return GuestTree.unmounted(Path.of(source == null ? "/" : source));
    }
}
