package io.fairlead.backend.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the tree that a guest gets as its root. */
@FunctionalInterface
interface TreeMaker {
    /**
     * @param bundle keeps the loop devices of attached files open
     * @param place a path in the guest's folder; it and other names that begin with it do not exist
     * @throws IOException naming the source or the target that cannot be mounted; all mounts are undone
     */
    GuestTree make(GuestPlan plan, Bundle bundle, Path place) throws IOException;

    /** Makes trees of only the root's folder, for configurations that no guest is started with. */
    static GuestTree unmounted(GuestPlan plan, Bundle bundle, Path place) throws IOException {
        String source = plan.root().source();
        return GuestTree.unmounted(Path.of(source == null ? "/" : source));
    }
}
