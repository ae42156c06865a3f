package io.fairlead.linux.mount;

import io.fairlead.linux.namespace.NamespaceKind;
import io.fairlead.linux.namespace.Namespaces;
import io.fairlead.linux.sys.ErrnoException;
import io.fairlead.linux.sys.Fd;
import io.fairlead.linux.sys.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of the host as its own mount namespace shows them at this moment. The daemon lives in a copy of that
 * namespace. The copy hears nothing of a remount, and where {@code /} is private nothing of a new mount either. The
 * daemon's own mounts ({@link OwnMounts}) are seen as the daemon sees them.
 *
 * <p>The calling thread enters the host's namespace and comes back. On a busy machine, a thread of its own for that
 * would cost a start more than all its mounts. A silent file server holds up only the callers that ask for its files.
 * Safe for concurrent use.
 */
public final class HostMounts implements AutoCloseable {
    /**
     * A copy of the mount at a place, not attached yet.
     *
     * @param place without links
     * @param own mounts of the daemon below that place, which the copy lacks
     */
    public record Copy(MountTree tree, Path place, List<Path> own) {}

    private final Fd hosts;
    private final Fd ours;

    private HostMounts(Fd hosts, Fd ours) {
        this.hosts = hosts;
        this.ours = ours;
    }

    /** Where the process lives in the host's namespace. */
    public static HostMounts ours() {
        return new HostMounts(null, null);
    }

    /** @param namespace the host's mount namespace, closed with this */
    public static HostMounts in(Fd namespace) throws ErrnoException {
        return new HostMounts(
                namespace, Namespaces.open((int) ProcessHandle.current().pid(), NamespaceKind.MNT));
    }

    /** Private in all its mounts, recursive. @throws ErrnoException ENOENT, and other errors of opening a path */
    public Copy copy(Path path) throws IOException {
        if (isOurs(path)) {
            return copyHere(path, false);
        }
        return amongHosts(() -> copyHere(path, true));
    }

    private static Copy copyHere(Path path, boolean host) throws IOException {
        try (Fd place = Fd.open(path, OpenFlags.O_PATH)) {
            Path real = place.path();
            MountTree tree = MountTree.copy(place, true);
            try {
                tree.makePrivate();
                return new Copy(tree, real, host ? OwnMounts.below(real) : List.of());
            } catch (ErrnoException e) {
                tree.close();
                throw e;
            }
        }
    }

    /** As the host sees it. @param flags as for open(2) */
    public Fd open(Path path, int flags) throws IOException {
        return isOurs(path) ? Fd.open(path, flags) : amongHosts(() -> Fd.open(path, flags));
    }

    /** Whether to ask the daemon's own namespace. */
    private boolean isOurs(Path path) throws IOException {
        if (hosts == null || !OwnMounts.any()) {
            return hosts == null;
        }
        try (Fd here = Fd.open(path, OpenFlags.O_PATH)) {
            return OwnMounts.hold(here.path());
        } catch (ErrnoException e) {
            return false;
        }
    }

    private <T> T amongHosts(MountNamespace.Errand<T> errand) throws IOException {
        return MountNamespace.within(hosts, ours, errand);
    }

    @Override
    public void close() {
        if (hosts != null) {
            hosts.close();
            ours.close();
        }
    }
}
