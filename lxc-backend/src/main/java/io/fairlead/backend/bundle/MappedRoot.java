package io.fairlead.backend.bundle;

import io.fairlead.backend.bundle.GuestPlan.IdRange;
import io.fairlead.linux.file.FileStat;
import io.fairlead.linux.sys.Fd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks that the root of a guest with mapped users can reach its root tree. On the host this root is an ordinary user;
 * its capabilities apply only to files whose owner and group are mapped (user_namespaces(7)).
 */
final class MappedRoot {
    private static final int OTHERS_SEARCH = 0001;
    private static final int PERMISSIONS = 07777;

    private MappedRoot() {}

    /**
     * Does nothing for a guest without mapped users.
     *
     * @param place where the guest's root is mounted
     * @param root its topmost folder
     * @throws IOException naming the folder that cannot be passed, its owner and its mode
     */
    static void requireWay(GuestPlan plan, Path place, Fd root) throws IOException {
        if (!plan.users().mapped()) {
            return;
        }
        FileStat top = FileStat.of(root);
        if (!maySearch(plan, top)) {
            throw new IOException("its root %s may not be entered by the container's root, %s: %s"
                    .formatted(plan.rootName(), identity(plan), owner(top)));
        }
        for (Path above = place.toRealPath().getParent(); above != null; above = above.getParent()) {
            FileStat folder = FileStat.of(above);
            if (!maySearch(plan, folder)) {
                throw new IOException(
                        "the folder %s, which leads to the daemon's run directory, may not be entered by the"
                                        .formatted(above)
                                + " container's root, %s: %s".formatted(identity(plan), owner(folder)));
            }
        }
    }

    private static boolean maySearch(GuestPlan plan, FileStat folder) {
        boolean capable =
                maps(plan.users().userIds(), folder.user()) && maps(plan.users().groupIds(), folder.group());
        return capable || (folder.mode() & OTHERS_SEARCH) != 0;
    }

    private static boolean maps(List<IdRange> ranges, int hostId) {
        long id = Integer.toUnsignedLong(hostId);
        return ranges.stream().anyMatch(range -> range.target() <= id && id < range.target() + range.count());
    }

    static String identity(GuestPlan plan) {
        return "which is user %d and group %d of the host"
                .formatted(plan.users().hostUser(0), plan.users().hostGroup(0));
    }

    static String owner(FileStat file) {
        return "it belongs to %s:%s and has mode %04o"
                .formatted(
                        Integer.toUnsignedString(file.user()),
                        Integer.toUnsignedString(file.group()),
                        file.mode() & PERMISSIONS);
    }
}
